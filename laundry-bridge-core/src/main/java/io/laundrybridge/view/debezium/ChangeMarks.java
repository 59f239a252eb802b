package io.laundrybridge.view.debezium;

import io.laundrybridge.error.UnviewableRecordException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes into a row how it got there.
 *
 * @param field the row's field for the marks
 * @param clock tells when a record was received; null if that is not wanted
 */
record ChangeMarks(String field, @Nullable Clock clock) {
    private static final String NO_SNAPSHOT = "false";

    /**
     * Adds the marks.
     *
     * @throws UnviewableRecordException if the row has a column of that name
     */
    void add(RowTypes.Columns columns, JsonNode payload) {
        if (columns.row().has(field)) {
            throw new UnviewableRecordException("its table has a column '" + field + "', where the marks of the change"
                    + " belong; name another field with DebeziumView.after().marks(...)");
        }
        ObjectNode marks = columns.row().putObject(field);
        JsonNode source = payload.path("source");
        String op = payload.path("op").asString("");
        marks.put("op", op);
        if (op.equals("r") || !source.path("snapshot").asString(NO_SNAPSHOT).equals(NO_SNAPSHOT)) {
            marks.put("snapshot", true);
        }
        copy(source.get("ts_ms"), "committed", marks);
        copy(transaction(payload, source), "tx", marks);
        copy(source.get("lsn"), "lsn", marks);
        if (clock != null) {
            marks.put("received", clock.millis());
        }
        nameWhatDiffers(columns, marks);
    }

    private static void nameWhatDiffers(RowTypes.Columns columns, ObjectNode marks) {
        if (!columns.unavailable().isEmpty()) {
            ArrayNode names = marks.putArray("unavailable");
            columns.unavailable().forEach(names::add);
        }
        if (!columns.unknown().isEmpty()) {
            ObjectNode types = marks.putObject("unknown");
            columns.unknown().forEach(types::put);
        }
    }

    /** The id that Debezium gives with provide.transaction.metadata, else the database's own. */
    private static @Nullable JsonNode transaction(JsonNode payload, JsonNode source) {
        JsonNode given = payload.path("transaction").get("id");
        if (given != null) {
            return given;
        }
        JsonNode postgres = source.get("txId");
        return postgres != null ? postgres : source.get("gtid");
    }

    private static void copy(@Nullable JsonNode value, String name, ObjectNode marks) {
        if (value != null && !value.isNull()) {
            marks.set(name, name.equals("tx") ? StringNode.valueOf(value.asString()) : value);
        }
    }
}
