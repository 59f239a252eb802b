package io.laundrybridge.view.debezium;

import io.laundrybridge.error.UnviewableRecordException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The types of a row's columns. Immutable. */
final class RowTypes {
    /** Nothing is known: values stay as they are. */
    static final RowTypes NONE = new RowTypes(Map.of());

    /** What Debezium writes for a large column that did not change, {@code unavailable.value.placeholder}. */
    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    /** The same as bytes. */
    private static final String UNAVAILABLE_BYTES = "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==";

    private final Map<String, ColumnType> columns;

    /**
     * A row as it is shown.
     *
     * @param row the row
     * @param unavailable the columns that the event has no value for
     * @param unknown the types of the columns that were passed on as they are, by column
     */
    record Columns(ObjectNode row, List<String> unavailable, Map<String, String> unknown) {}

    private RowTypes(Map<String, ColumnType> columns) {
        this.columns = columns;
    }

    /** Reads the schema of a row or of a key. */
    static RowTypes of(@Nullable JsonNode schema) {
        if (schema == null) {
            return NONE;
        }
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        for (JsonNode field : schema.path("fields")) {
            columns.put(field.path("field").asString(""), ColumnType.of(field));
        }
        return new RowTypes(columns);
    }

    /**
     * Writes {@code row} as pages want it; changes it.
     *
     * @throws UnviewableRecordException if a value does not have the form of its type
     */
    Columns columns(ObjectNode row) {
        List<String> unavailable = new ArrayList<>(0);
        Map<String, String> unknown = new LinkedHashMap<>(0);
        for (Map.Entry<String, JsonNode> column : row.properties()) {
            if (isUnavailable(column.getValue())) {
                unavailable.add(column.getKey());
            } else {
                ColumnType type = columns.get(column.getKey());
                if (type != null) {
                    column.setValue(converted(column.getKey(), type, column.getValue()));
                    if (!type.isKnown()) {
                        unknown.put(column.getKey(), type.name());
                    }
                }
            }
        }
        unavailable.forEach(row::remove);
        return new Columns(row, unavailable, unknown);
    }

    private static JsonNode converted(String column, ColumnType type, JsonNode value) {
        try {
            return type.convert(value);
        } catch (RuntimeException e) {
            throw new UnviewableRecordException("the value of its column '" + column + "' does not have the form of its"
                    + " type " + type.name() + "; change the column's converter in Debezium");
        }
    }

    private static boolean isUnavailable(JsonNode value) {
        if (value.isString()) {
            String text = value.stringValue();
            return text.equals(UNAVAILABLE) || text.equals(UNAVAILABLE_BYTES);
        }
        return value.isArray() && value.size() == 1 && isUnavailable(value.get(0));
    }
}
