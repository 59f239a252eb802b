package io.laundrybridge.encode;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Checks that bytes are exactly one JSON value (RFC 8259) within limits, and has the declared fields read on the way. Not thread-safe. */
final class JsonCheck {
    private final StrictUtf8 utf8 = new StrictUtf8();
    private final JsonFactory factory;
    private final int numberDigits;
    private final FieldReader fields;

    JsonCheck(ValueLimits limits, FieldReader fields) {
        this.fields = fields;
        this.numberDigits = limits.numberDigits();
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(limits.numberDigits())
                        .maxStringLength(limits.valueBytes())
                        .maxNameLength(limits.valueBytes())
                        .build())
                .build();
    }

    void check(byte[] value) throws UndecodableException {
        if (!utf8.accepts(value)) {
            throw UndecodableException.undecodable("the value is not UTF-8");
        }
        if (startsWithMarkOrWideText(value)) {
            throw UndecodableException.undecodable("the value starts with a byte order mark or is not UTF-8");
        }
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), value)) {
            readOneValue(json);
        } catch (JacksonException notJson) {
            throw UndecodableException.undecodable("the value is not one JSON value within the limits");
        }
    }

    private void readOneValue(JsonParser json) throws UndecodableException {
        fields.begin();
        int depth = 0;
        JsonToken token = json.nextToken();
        if (token == null) {
            throw UndecodableException.undecodable("the value is empty, which is no JSON value");
        }
        do {
            if (token.isNumeric() && json.getStringLength() > numberDigits) {
                throw UndecodableException.undecodable(
                        "the value holds a number of more than " + numberDigits + " digits");
            }
            fields.token(json, token);
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            token = json.nextToken();
        } while (depth > 0 && token != null);
        if (token != null) {
            throw UndecodableException.undecodable("the value holds more than one JSON value");
        }
    }

    /** A parser would guess UTF-16 or UTF-32 from zero bytes, and skip a mark; JSON itself begins with neither. */
    private static boolean startsWithMarkOrWideText(byte[] value) {
        for (int i = 0; i < Math.min(4, value.length); i++) {
            if (value[i] == 0) {
                return true;
            }
        }
        return value.length >= 3 && value[0] == (byte) 0xEF && value[1] == (byte) 0xBB && value[2] == (byte) 0xBF;
    }
}
