package io.laundrybridge.example.database.capture;

import io.laundrybridge.example.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The place in the database's log that PostgreSQL keeps for the capture. */
final class ReplicationSlot {
    private ReplicationSlot() {}

    /**
     * Returns whether the slot {@code name} has every change since it was last read. It has not if somebody dropped
     * it, or if PostgreSQL needed its disk (max_slot_wal_keep_size).
     *
     * @throws SQLException if the database does not answer
     */
    static boolean isWhole(DatabaseAddress database, String name) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "select coalesce(wal_status, '') from pg_replication_slots where slot_name = ?")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && !rows.getString(1).equals("lost");
            }
        }
    }

    /**
     * Drops the slot {@code name} if it is there, so that a snapshot begins with a new one. With an older slot, changes
     * that the snapshot has already would come again.
     *
     * @throws SQLException if the database does not answer or refuses, also if the slot is in use
     */
    static void drop(DatabaseAddress database, String name) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement drop = connection.prepareStatement(
                        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?")) {
            drop.setString(1, name);
            drop.execute();
        }
    }
}
