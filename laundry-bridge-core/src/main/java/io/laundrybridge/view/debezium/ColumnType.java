package io.laundrybridge.view.debezium;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The type of a column: Connect's type, and the name that gives it a meaning.
 *
 * @param name the meaning's name if there is one, else Connect's type
 * @param conversion writes a value as pages want it; null if it stays as it is
 * @param isKnown whether this version knows the meaning
 */
record ColumnType(String name, @Nullable UnaryOperator<JsonNode> conversion, boolean isKnown) {
    /** Types whose values are as pages want them already. */
    private static final Set<String> AS_THEY_ARE = Set.of(
            "io.debezium.time.ZonedTimestamp",
            "io.debezium.time.ZonedTime",
            "io.debezium.time.IsoDate",
            "io.debezium.time.IsoTime",
            "io.debezium.time.IsoTimestamp",
            "io.debezium.time.Interval",
            "io.debezium.time.Year",
            "io.debezium.data.Uuid",
            "io.debezium.data.Enum",
            "io.debezium.data.EnumSet",
            "io.debezium.data.Xml",
            "io.debezium.data.Ltree",
            "io.debezium.data.TsVector",
            "io.debezium.data.geometry.Point",
            "io.debezium.data.geometry.Geometry",
            "io.debezium.data.geometry.Geography");

    /** Reads the schema of a column, or of an array's items. */
    static ColumnType of(JsonNode schema) {
        String type = schema.path("type").asString("");
        String name = schema.path("name").asString("");
        if (!name.isEmpty()) {
            UnaryOperator<JsonNode> named = named(name, schema.path("parameters"));
            return new ColumnType(name, named, named != null || AS_THEY_ARE.contains(name));
        }
        if (type.equals("array")) {
            ColumnType items = of(schema.path("items"));
            return items.conversion == null
                    ? new ColumnType(items.isKnown ? type : items.name, null, items.isKnown)
                    : new ColumnType(items.name, array -> each(array, items), items.isKnown);
        }
        return new ColumnType(type, null, true);
    }

    /** Returns {@code value} as pages want it. */
    JsonNode convert(JsonNode value) {
        return conversion == null || value.isNull() ? value : conversion.apply(value);
    }

    private static JsonNode each(JsonNode array, ColumnType items) {
        ArrayNode converted = JsonNodeFactory.instance.arrayNode(array.size());
        for (JsonNode item : array) {
            converted.add(items.convert(item));
        }
        return converted;
    }

    private static @Nullable UnaryOperator<JsonNode> named(String name, JsonNode parameters) {
        Map<String, UnaryOperator<JsonNode>> times = TimeTypes.CONVERSIONS;
        UnaryOperator<JsonNode> time = times.get(name);
        return time != null ? time : DataTypes.conversion(name, parameters);
    }
}
