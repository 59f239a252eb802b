package io.laundrybridge.view.debezium;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the text of a row's key: the column's text, or the JSON array of several columns. Thread-safe. */
final class RowKey {
    private final PayloadReader<RowTypes> reader = new PayloadReader<>(RowTypes::of, RowTypes.NONE);

    /** Returns the key's text as UTF-8. A key that is no JSON object stays as it is; null if there is none. */
    byte @Nullable [] text(byte @Nullable [] key) {
        if (key == null || key.length == 0 || key[0] != '{') {
            return key;
        }
        PayloadReader.Payload<RowTypes> read = reader.read(key);
        JsonNode payload = read.payload();
        if (payload == null || payload.isNull()) {
            return null;
        }
        if (!(payload instanceof ObjectNode columns)) {
            return bytes(text(payload));
        }
        ObjectNode row = read.types().columns(columns).row();
        return bytes(row.size() == 1 ? text(row.iterator().next()) : array(row));
    }

    private static String array(ObjectNode row) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode(row.size());
        row.forEach(values::add);
        return values.toString();
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
