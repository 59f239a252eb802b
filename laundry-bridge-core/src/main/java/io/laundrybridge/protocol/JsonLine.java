package io.laundrybridge.protocol;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON object, field by field in the order given. */
final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    private final JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);

    private JsonLine() {}

    static JsonLine op(String op) {
        return event().with("op", op);
    }

    static JsonLine event() {
        JsonLine line = new JsonLine();
        line.json.writeStartObject();
        return line;
    }

    JsonLine with(String name, String value) {
        json.writeStringProperty(name, value);
        return this;
    }

    JsonLine with(String name, long value) {
        json.writeNumberProperty(name, value);
        return this;
    }

    JsonLine with(String name, boolean value) {
        json.writeBooleanProperty(name, value);
        return this;
    }

    JsonLine with(String name, Map<String, Long> values) {
        json.writeObjectPropertyStart(name);
        values.forEach(json::writeNumberProperty);
        json.writeEndObject();
        return this;
    }

    JsonLine withId(@Nullable Long id) {
        return id == null ? this : with("id", id);
    }

    JsonLine withNull(String name) {
        json.writeNullProperty(name);
        return this;
    }

    JsonLine with(String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
        return this;
    }

    byte[] bytes() {
        json.writeEndObject();
        json.close();
        return out.toByteArray();
    }
}
