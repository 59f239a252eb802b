package io.laundrybridge.source.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says about the table.
 *
 * @param oid the table's number
 * @param epoch names the table's life
 * @param sequence the number of the id column's sequence
 * @param start the first id that the sequence gives
 */
record TableLookup(long oid, String epoch, long sequence, long start) {
    private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint");
    private static final Set<String> TIMES = Set.of("timestamp with time zone", "timestamp without time zone");

    /**
     * Reads the row of the look-up.
     *
     * @throws TableException if the table cannot be read in the order of its ids
     */
    static TableLookup of(PostgresTable table, ResultSet row) throws SQLException, TableException {
        if (row.getBoolean(1)) {
            throw new TableException("PostgreSQL is a standby here, which does not tell of open transactions;"
                    + " connect to the primary (targetServerType=primary)");
        }
        long oid = row.getLong(2);
        if (row.wasNull()) {
            throw new TableException(PostgresErrors.missing(table.name()));
        }
        checkColumns(table, columns(row));
        checkSequence(table, row);
        String parts = row.getLong(5) + " " + oid + " " + row.getLong(4) + " " + row.getLong(7);
        return new TableLookup(oid, TableLife.epoch(parts), row.getLong(6), row.getLong(8));
    }

    private static Map<String, String> columns(ResultSet row) throws SQLException {
        Map<String, String> types = new HashMap<>();
        String[] names = (String[]) row.getArray(13).getArray();
        String[] ofNames = (String[]) row.getArray(14).getArray();
        for (int column = 0; column < names.length; column++) {
            types.put(names[column], ofNames[column]);
        }
        return types;
    }

    private static void checkColumns(PostgresTable table, Map<String, String> types) throws TableException {
        for (@Nullable String column : Arrays.asList(table.id(), table.key(), table.value(), table.timestamp())) {
            if (column != null && !types.containsKey(column)) {
                throw new TableException("Table '" + table.name() + "' has no column '" + column
                        + "'; once it has, reading begins by itself");
            }
        }
        checkType(table, table.id(), types, NUMBERS);
        checkType(table, table.timestamp(), types, TIMES);
    }

    private static void checkType(PostgresTable table, String column, Map<String, String> types, Set<String> expected)
            throws TableException {
        String type = types.get(column);
        if (!expected.contains(type)) {
            throw new TableException(
                    "Column '" + column + "' of table '" + table.name() + "' is of type " + type + "; expected one of "
                            + String.join(", ", expected.stream().sorted().toList()));
        }
    }

    private static void checkSequence(PostgresTable table, ResultSet row) throws SQLException, TableException {
        String column = "Column '" + table.id() + "' of table '" + table.name() + "' ";
        row.getLong(6);
        if (row.wasNull()) {
            throw new TableException(column + "has no sequence of its own, so its order is unknown;"
                    + " expected an identity or serial column");
        }
        if (row.getLong(10) != 1 || row.getLong(9) < 1 || row.getBoolean(11)) {
            throw new TableException(column + "has a sequence that does not count upwards one by one;"
                    + " expected CACHE 1, a positive INCREMENT and NO CYCLE");
        }
        if (!row.getBoolean(12)) {
            throw new TableException(column + "has a sequence that the bridge's user may not read;"
                    + " grant it SELECT on the sequence");
        }
    }

    /** Returns the look at the table, given its lowest and highest id and the last one of the sequence. */
    TableLife life(@Nullable Long lowest, @Nullable Long highest, @Nullable Long last) {
        long end = Math.max(0, start);
        end = highest == null ? end : Math.max(end, highest + 1);
        end = last == null ? end : Math.max(end, last + 1);
        return new TableLife(oid, epoch, lowest == null ? end : Math.min(lowest, end), end);
    }
}
