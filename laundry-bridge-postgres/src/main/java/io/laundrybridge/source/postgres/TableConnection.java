package io.laundrybridge.source.postgres;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** One connection and the questions about the table that it answers. Confined to one thread, except {@link #abort}. */
final class TableConnection implements AutoCloseable {
    private static final int ROWS_PER_PAGE = 1_000;
    private static final int ROWS_PER_FETCH = 50;
    private static final int CHARACTERS_PER_PAGE = 4 << 20;

    private final PostgresTable table;
    private final TableQueries queries;
    private final Connection connection;

    TableConnection(PostgresTable table, Connection connection) {
        this.table = table;
        this.queries = new TableQueries(table);
        this.connection = connection;
    }

    /** Begins to listen for the table's notifications. */
    void listen() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + Identifier.quoted(table.channel()));
        }
    }

    /** Waits for a notification, at most {@code millis}. */
    boolean isNotified(int millis) throws SQLException {
        return connection.unwrap(PGConnection.class).getNotifications(millis).length > 0;
    }

    /**
     * Looks at the table.
     *
     * @throws TableException if there is no such table, or it is none that can be read in the order of its ids
     */
    TableLife life() throws SQLException, TableException {
        TableLookup found;
        try (PreparedStatement statement = connection.prepareStatement(queries.lookUp())) {
            statement.setString(1, Identifier.quotedTable(table.name()));
            statement.setString(2, table.id());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                found = TableLookup.of(table, row);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(queries.ends())) {
            statement.setLong(1, found.sequence());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return found.life(number(row, 1), number(row, 2), number(row, 3));
            }
        }
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    /** Returns the transactions that may have taken ids of the table and have not ended. */
    Set<String> writers(TableLife life) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(queries.writers())) {
            statement.setLong(1, life.oid());
            statement.setLong(2, life.oid());
            try (ResultSet rows = statement.executeQuery()) {
                Set<String> writers = new HashSet<>();
                while (rows.next()) {
                    writers.add(rows.getString(1));
                }
                return writers;
            }
        }
    }

    /** Returns the lowest id whose row is stamped at or after {@code millis}; null if there is none. */
    @Nullable Long since(long millis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(queries.since())) {
            statement.setDouble(1, Math.min((double) millis, 1e14)); // no timestamp of PostgreSQL is as far away
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return number(row, 1);
            }
        }
    }

    /**
     * Reads the rows from {@code from} on, up to the first hole at or above {@code settled}.
     *
     * @param from the first id
     * @param settled the id below which no row can appear any more
     */
    TablePage page(long from, long settled) throws SQLException {
        connection.setAutoCommit(false); // else the driver fetches every row at once
        TablePage page;
        try (PreparedStatement statement = connection.prepareStatement(queries.rows())) {
            statement.setFetchSize(ROWS_PER_FETCH);
            statement.setInt(1, table.longestValue());
            statement.setLong(2, from);
            statement.setInt(3, ROWS_PER_PAGE);
            try (ResultSet rows = statement.executeQuery()) {
                page = page(rows, from, settled);
            }
        }
        connection.rollback();
        connection.setAutoCommit(true);
        return page;
    }

    private TablePage page(ResultSet rows, long from, long settled) throws SQLException {
        List<TablePage.Row> page = new ArrayList<>();
        long expected = from;
        long characters = 0;
        while (rows.next()) {
            long id = rows.getLong(1);
            if (id > expected && id > settled) {
                return new TablePage(page, false, id);
            }
            String value = rows.getString(4);
            boolean tooLong = value == null && !rows.getBoolean(3);
            page.add(new TablePage.Row(id, tooLong ? null : record(id, rows.getString(2), value, number(rows, 5))));
            expected = id + 1;
            characters += value == null ? 0 : value.length();
            if (characters > CHARACTERS_PER_PAGE) {
                return new TablePage(page, false, -1);
            }
        }
        return new TablePage(page, page.size() < ROWS_PER_PAGE, -1);
    }

    private SourceRecord record(long id, @Nullable String key, @Nullable String value, @Nullable Long millis) {
        return new SourceRecord(
                table.name(),
                0,
                id,
                PositionVector.NO_EPOCH,
                millis == null ? -1 : millis,
                utf8(key),
                utf8(value),
                List.of());
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the connection at once, from any thread; what it does fails. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // it was closed already
        }
    }

    @Override
    public void close() {
        abort();
    }
}
