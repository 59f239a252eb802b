package io.laundrybridge.example.database.outbox;

import io.laundrybridge.example.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes orders of programmes: the handler of a request like {@code POST /orders}. The order and its event are committed
 * together or not at all. Thread-safe.
 */
public final class ProgrammeOrders {
    /** The topic of the events, {@value}. */
    public static final String TOPIC = "laundry.orders";

    /** The header that names the place of what a handler has written; the page waits for it with {@code caughtUp}. */
    static final String WROTE = "Laundry-Bridge-Wrote";

    private static final String TABLE = """
        create table if not exists programme_order (
            id uuid primary key,
            machine text not null,
            programme text not null,
            ordered_by text not null,
            ordered_at timestamptz not null default now())\
        """;

    private static final String INSERT =
            "insert into programme_order (id, machine, programme, ordered_by) values (?, ?, ?, ?)";

    private final DatabaseAddress database;
    private final OutboxReceipts receipts;

    /**
     * The answer to a request.
     *
     * @param headers empty if the event was not seen in Kafka in time; it is committed, and will come
     */
    public record Answer(int status, UUID id, Map<String, String> headers) {}

    /** Takes orders into {@code database}; {@code receipts} reads {@link #TOPIC}. */
    public ProgrammeOrders(DatabaseAddress database, OutboxReceipts receipts) {
        this.database = database;
        this.receipts = receipts;
    }

    /**
     * Creates the tables that are absent.
     *
     * @throws SQLException if the database does not answer or refuses
     */
    public static void createTables(DatabaseAddress database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            statement.execute(Outbox.TABLE);
        }
    }

    /**
     * Stores an order, and waits for its event in Kafka. If the wait ends first, the answer is 202 without the header:
     * a page then waits for the event with the answer's id.
     *
     * @param patience how long to wait for Kafka
     * @throws SQLException if nothing was stored
     * @throws InterruptedException if the thread is interrupted; the order is stored
     */
    public Answer order(String machine, String programme, String user, Duration patience)
            throws SQLException, InterruptedException {
        UUID id = UUID.randomUUID();
        try (OutboxReceipts.Receipt receipt = receipts.expect(id)) {
            store(id, machine, programme, user);
            String place = receipt.await(patience);
            return place == null
                    ? new Answer(202, id, Map.of())
                    : new Answer(201, id, Map.of(WROTE, "orders=" + place));
        }
    }

    private void store(UUID id, String machine, String programme, String user) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            insert.setObject(1, id);
            insert.setString(2, machine);
            insert.setString(3, programme);
            insert.setString(4, user);
            insert.executeUpdate();
            Map<String, String> event =
                    Map.of("id", id.toString(), "machine", machine, "programme", programme, "by", user);
            String payload = JsonMapper.shared().writeValueAsString(event);
            Outbox.write(connection, id, "orders", machine, "ProgrammeOrdered", payload);
            connection.commit();
        }
    }
}
