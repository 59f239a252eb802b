package io.laundrybridge.source.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A table of events and the columns that make a record of a row. Names are written as PostgreSQL stores them, without
 * quotes. Immutable.
 *
 * <p>Rows are only inserted; an update or a deletion of a row is no event. The id column is an identity or serial
 * column, and the insert itself takes its value from the sequence, which counts upwards without a cache.
 *
 * @param name the table's name, after its schema and a dot if the search path does not have it
 * @param id the column of the offset, an identity or serial column; {@code id} by default
 * @param key the column whose text is the key; null, the default, for no keys
 * @param value the column whose text is the value, and whose SQL NULL is a deletion; null, the default, for the whole
 *     row as JSON
 * @param timestamp the column of the record's time, with a time zone or in UTC; {@code created_at} by default
 * @param channel the channel of LISTEN that wakes the reader; {@code laundry_bridge} by default
 * @param longestValue the longest value that is read, in bytes; a longer one is a gap of reason {@code too_large}.
 *     1 MiB by default
 */
public record PostgresTable(
        String name,
        String id,
        @Nullable String key,
        @Nullable String value,
        String timestamp,
        String channel,
        int longestValue) {

    private static final int LARGEST = 16 << 20;

    /**
     * Checks every name.
     *
     * @param name the table's name
     * @param id the column of the offset
     * @param key the column of the key, or null
     * @param value the column of the value, or null for the whole row
     * @param timestamp the column of the record's time
     * @param channel the channel of LISTEN
     * @param longestValue the longest value that is read, in bytes
     * @throws IllegalArgumentException if a name is empty, is longer than 63 bytes or has a NUL character, or {@code
     *     longestValue} is not from 1 to 16 MiB
     */
    public PostgresTable {
        Identifier.checkedTable(name);
        Identifier.checked("Column", id);
        Identifier.checked("Column", timestamp);
        Identifier.checked("Channel", channel);
        if (key != null) {
            Identifier.checked("Column", key);
        }
        if (value != null) {
            Identifier.checked("Column", value);
        }
        if (longestValue < 1 || longestValue > LARGEST) {
            throw new IllegalArgumentException(
                    "longestValue is " + longestValue + "; expected 1 to " + LARGEST + " bytes");
        }
    }

    /**
     * {@return a table with the default columns}
     *
     * @param name the table's name, after its schema and a dot if the search path does not have it
     * @throws IllegalArgumentException if a part of the name is empty, is longer than 63 bytes or has a NUL character
     */
    public static PostgresTable named(String name) {
        return new PostgresTable(name, "id", null, null, "created_at", "laundry_bridge", 1 << 20);
    }

    /**
     * {@return this table with another id column}
     *
     * @param column its name
     * @throws IllegalArgumentException if it is no name
     */
    public PostgresTable withId(String column) {
        return new PostgresTable(name, column, key, value, timestamp, channel, longestValue);
    }

    /**
     * {@return this table with a key column}
     *
     * @param column its name
     * @throws IllegalArgumentException if it is no name
     */
    public PostgresTable withKey(String column) {
        return new PostgresTable(name, id, column, value, timestamp, channel, longestValue);
    }

    /**
     * {@return this table with a value column in place of the whole row}
     *
     * @param column its name
     * @throws IllegalArgumentException if it is no name
     */
    public PostgresTable withValue(String column) {
        return new PostgresTable(name, id, key, column, timestamp, channel, longestValue);
    }

    /**
     * {@return this table with another column of the record's time}
     *
     * @param column its name
     * @throws IllegalArgumentException if it is no name
     */
    public PostgresTable withTimestamp(String column) {
        return new PostgresTable(name, id, key, value, column, channel, longestValue);
    }

    /**
     * {@return this table with another channel of LISTEN}
     *
     * @param listen its name
     * @throws IllegalArgumentException if it is no name
     */
    public PostgresTable withChannel(String listen) {
        return new PostgresTable(name, id, key, value, timestamp, listen, longestValue);
    }

    /**
     * {@return this table with another bound of values}
     *
     * @param bytes the longest value that is read
     * @throws IllegalArgumentException if it is not from 1 to 16 MiB
     */
    public PostgresTable withLongestValue(int bytes) {
        return new PostgresTable(name, id, key, value, timestamp, channel, bytes);
    }

    /**
     * {@return the statements that make the trigger which wakes readers after each insert} The notification carries no
     * payload, so a row of any size fits. The table's owner runs them once. Without the trigger, new rows are found
     * within a second.
     */
    public String triggerSql() {
        int dot = name.indexOf('.');
        String schema = dot < 0 ? "" : Identifier.quoted(name.substring(0, dot)) + ".";
        String function = schema + "laundry_bridge_notify";
        String table = Identifier.quotedTable(name);
        return """
            CREATE OR REPLACE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_notify(TG_ARGV[0], ''); RETURN NULL; END $$;
            DROP TRIGGER IF EXISTS laundry_bridge_notify ON %2$s;
            CREATE TRIGGER laundry_bridge_notify AFTER INSERT ON %2$s
                FOR EACH STATEMENT EXECUTE FUNCTION %1$s(%3$s);
            """.formatted(function, table, Identifier.literal(channel));
    }
}
