package io.laundrybridge.view.debezium;

import io.laundrybridge.error.UnviewableRecordException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads change events, with schema and payload or the payload alone. Thread-safe. */
final class EventReader {
    private final PayloadReader<RowTypes> reader =
            new PayloadReader<>(schema -> RowTypes.of(field(schema, "after")), RowTypes.NONE);

    ChangeEvent read(byte[] value) {
        refuseOtherFormats(value);
        PayloadReader.Payload<RowTypes> read = reader.read(value);
        if (!(read.payload() instanceof ObjectNode payload)) {
            throw noEvent();
        }
        JsonNode op = payload.get("op");
        if (op == null || !op.isString()) {
            throw noEvent();
        }
        return new ChangeEvent(op.stringValue(), payload, read.types());
    }

    private static @Nullable JsonNode field(JsonNode schema, String name) {
        for (JsonNode field : schema.path("fields")) {
            if (field.path("field").asString("").equals(name)) {
                return field;
            }
        }
        return null;
    }

    private static void refuseOtherFormats(byte[] value) {
        if (value.length == 0) {
            throw new UnviewableRecordException("its value is empty; for deletions that are written so, set deletions");
        }
        if (value[0] == 0) {
            throw new UnviewableRecordException("its value begins with a zero byte, like the output of a schema"
                    + " registry's serializer; the view reads JSON, so set value.converter to Connect's JsonConverter");
        }
    }

    private static UnviewableRecordException noEvent() {
        return new UnviewableRecordException("its value is no change event of Debezium, for it has no 'op'; for"
                + " unwrapped rows, heartbeats and other records set no view");
    }
}
