package io.laundrybridge.example.database.outbox;

import io.laundrybridge.example.database.DatabaseAddress;
import io.laundrybridge.example.database.capture.CaptureSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/**
 * The table {@code outbox}, in the form that Debezium's event router reads. Each row is deleted by the transaction that
 * inserts it: the event is in the database's log, and the table stays empty.
 */
public final class Outbox {
    /** Creates the table. */
    static final String TABLE = """
        create table if not exists outbox (
            id uuid primary key,
            aggregatetype text not null,
            aggregateid text not null,
            type text not null,
            payload jsonb not null)\
        """;

    private static final String INSERT =
            "insert into outbox (id, aggregatetype, aggregateid, type, payload) values (?, ?, ?, ?, ?::jsonb)";

    private Outbox() {}

    /**
     * Writes an event in the transaction of {@code connection}.
     *
     * @param aggregateType names the topic, {@code laundry.TYPE}
     * @param aggregateId the record's key: events of one aggregate stay in order
     * @param payload the record's value, JSON
     */
    static void write(
            Connection connection, UUID id, String aggregateType, String aggregateId, String type, String payload)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
                PreparedStatement delete = connection.prepareStatement("delete from outbox where id = ?")) {
            insert.setObject(1, id);
            insert.setString(2, aggregateType);
            insert.setString(3, aggregateId);
            insert.setString(4, type);
            insert.setString(5, payload);
            insert.executeUpdate();
            delete.setObject(1, id);
            delete.executeUpdate();
        }
    }

    /**
     * Returns the settings of a capture of the outbox alone. It is a connector of its own, so that a fault of the other
     * tables does not hold events back.
     *
     * @param name the capture's name; a-z, 0-9 and _
     * @param kafka properties of Kafka's clients, at least {@code bootstrap.servers}
     */
    public static CaptureSettings capture(String name, DatabaseAddress database, Map<String, Object> kafka) {
        return CaptureSettings.of(name, database, kafka)
                .with("table.include.list", "public.outbox")
                .with("publication.autocreate.mode", "filtered")
                .with("tombstones.on.delete", "false")
                .with("converter.schemas.enable", "false")
                .with("transforms", "outbox")
                .with("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter")
                .with("transforms.outbox.route.topic.replacement", "laundry.${routedByValue}")
                .with("transforms.outbox.table.expand.json.payload", "true");
    }
}
