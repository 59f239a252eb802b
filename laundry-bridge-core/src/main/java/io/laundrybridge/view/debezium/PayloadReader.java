package io.laundrybridge.view.debezium;

import io.laundrybridge.error.UnviewableRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON of Connect's converter: {@code {"schema":…,"payload":…}}, or the payload alone. Schemas make up most of
 * the bytes and hardly ever change. So the bytes before a payload are compared with those seen last, and not parsed.
 * Thread-safe.
 *
 * @param <T> what a schema becomes
 */
final class PayloadReader<T> {
    private static final int KNOWN_SCHEMAS = 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Function<JsonNode, T> types;
    private final T none;
    private final List<Known<T>> known = new CopyOnWriteArrayList<>();

    /**
     * A payload and what its schema became.
     *
     * @param payload null if there is none
     */
    record Payload<T>(@Nullable JsonNode payload, T types) {}

    /** The bytes before a payload, and what the schema in them became. */
    private record Known<T>(byte[] beginning, T types) {
        private boolean begins(byte[] value) {
            return value.length > beginning.length
                    && Arrays.equals(value, 0, beginning.length, beginning, 0, beginning.length);
        }
    }

    /**
     * Makes a reader.
     *
     * @param types reads a schema
     * @param none stands for no schema
     */
    PayloadReader(Function<JsonNode, T> types, T none) {
        this.types = types;
        this.none = none;
    }

    /**
     * Reads {@code value}.
     *
     * @throws UnviewableRecordException if it is no JSON
     */
    Payload<T> read(byte[] value) {
        try {
            for (Known<T> schema : known) {
                if (schema.begins(value)) {
                    return new Payload<>(rest(value, schema.beginning.length), schema.types);
                }
            }
            return readWhole(value);
        } catch (JacksonException e) {
            throw new UnviewableRecordException("its key or value is no JSON; set key.converter and value.converter of"
                    + " Debezium to Connect's JsonConverter");
        }
    }

    private static JsonNode rest(byte[] value, int from) {
        try (JsonParser parser = JSON.createParser(value, from, value.length - from)) {
            JsonNode payload = parser.readValueAsTree();
            refuseMore(value, from + Math.toIntExact(parser.currentLocation().getByteOffset()));
            return payload;
        }
    }

    /** Refuses anything but the brace that ends the object around the payload. */
    private static void refuseMore(byte[] value, int from) {
        int ends = 0;
        for (int i = from; i < value.length; i++) {
            if (value[i] == '}') {
                ends++;
            } else if (value[i] > ' ' || value[i] < 0) {
                ends = -1;
                break;
            }
        }
        if (ends != 1) {
            throw new UnviewableRecordException("its key or value does not end behind its payload");
        }
    }

    private Payload<T> readWhole(byte[] value) {
        try (JsonParser parser = JSON.createParser(value)) {
            if (parser.nextToken() == JsonToken.START_OBJECT && "schema".equals(parser.nextName())) {
                parser.nextToken();
                JsonNode schema = parser.readValueAsTree();
                if ("payload".equals(parser.nextName()) && schema.isObject()) {
                    parser.nextToken();
                    int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                    return readRest(value, from, types.apply(schema));
                }
            }
        }
        JsonNode whole = JSON.readTree(value);
        boolean wrapped = whole.has("payload") && whole.has("schema") && whole.size() == 2;
        return new Payload<>(wrapped ? whole.get("payload") : whole, none);
    }

    private Payload<T> readRest(byte[] value, int from, T schema) {
        JsonNode payload = rest(value, from);
        if (known.size() >= KNOWN_SCHEMAS) {
            known.remove(0);
        }
        known.add(new Known<>(Arrays.copyOf(value, from), schema));
        return new Payload<>(payload, schema);
    }
}
