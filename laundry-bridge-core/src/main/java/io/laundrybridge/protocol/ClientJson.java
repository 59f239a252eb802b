package io.laundrybridge.protocol;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON object of a client within bounds, into plain values only: no databind touches client input. Numbers
 * become {@link Long}, or {@link BigDecimal} if they are not whole or too large. Arrays become {@link List}, objects
 * {@link Map}.
 */
final class ClientJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(256)
                    .maxNumberLength(100)
                    .maxStringLength(1 << 20) // a position of thousands of partitions
                    .maxNameLength(64)
                    .maxTokenCount(16_384)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int FITS_A_LONG = 18;

    private ClientJson() {}

    /** Returns the fields of the JSON object in {@code line}. */
    static Map<String, @Nullable Object> object(String line) throws NotTheProtocolException {
        return object(line, FACTORY, (json, bytes) -> fields(json));
    }

    /** Reads the fields of one object from a parser, and from the bytes that it parses. */
    interface FieldsReader {
        Map<String, @Nullable Object> read(JsonParser json, byte[] bytes) throws NotTheProtocolException;
    }

    /** Returns what {@code reader} makes of the JSON object in {@code line}; {@code factory} has the bounds. */
    static Map<String, @Nullable Object> object(String line, JsonFactory factory, FieldsReader reader)
            throws NotTheProtocolException {
        // A parser of bytes would skip the former, and guess UTF-16 from the latter.
        if (line.startsWith("\uFEFF") || line.indexOf('\0') >= 0) {
            throw new NotTheProtocolException(
                    "a line begins with a byte order mark or contains a zero byte; send neither");
        }
        // The same parser that reads values, so that the JIT has only one to compile.
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new NotTheProtocolException(
                        "a line is no JSON object; expected one like {\"op\":\"ping\",\"id\":1}");
            }
            Map<String, @Nullable Object> fields = reader.read(json, bytes);
            if (json.nextToken() != null) {
                throw new NotTheProtocolException("a line holds more than one JSON value; end each line with LF");
            }
            return fields;
        } catch (JacksonException | NumberFormatException e) {
            throw new NotTheProtocolException("a line is not valid JSON within the limits");
        }
    }

    private static Map<String, @Nullable Object> fields(JsonParser json) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, value(json));
        }
        return fields;
    }

    static @Nullable Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> whole(json.getString());
            case VALUE_NUMBER_FLOAT -> new BigDecimal(json.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> items(json);
            case START_OBJECT -> fields(json);
            default -> null;
        };
    }

    private static Object whole(String digits) {
        return digits.length() <= FITS_A_LONG ? (Object) Long.valueOf(digits) : new BigDecimal(digits);
    }

    private static List<@Nullable Object> items(JsonParser json) {
        List<@Nullable Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(json));
        }
        return items;
    }
}
