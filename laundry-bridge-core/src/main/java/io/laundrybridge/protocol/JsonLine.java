package io.laundrybridge.protocol;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Gathers the fields of one JSON object, in the order given, and then writes them. All writing is in one large, rarely
 * executed method, so that compilers do not inline it into the path of a delivery.
 */
final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final List<Field> fields = new ArrayList<>();

    private record Field(String name, @Nullable Object value) {}

    private JsonLine() {}

    static JsonLine op(String op) {
        return new JsonLine().with("op", op);
    }

    /** Adds a field with text, a whole number, a boolean, null, or a list or map of these. */
    JsonLine with(String name, @Nullable Object value) {
        fields.add(new Field(name, value));
        return this;
    }

    JsonLine withId(@Nullable Long id) {
        return id == null ? this : with("id", id);
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            for (Field field : fields) {
                json.writeName(field.name());
                write(json, field.value());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Number whole) {
            json.writeNumber(whole.longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof List<?> values) {
            json.writeStartArray();
            values.forEach(each -> write(json, each));
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> values) {
            json.writeStartObject();
            values.forEach((name, each) -> {
                json.writeName(String.valueOf(name));
                write(json, each);
            });
            json.writeEndObject();
        } else if (value == null) {
            json.writeNull();
        } else {
            throw new IllegalArgumentException("A control line cannot contain " + value.getClass());
        }
    }
}
