package io.laundrybridge.encode;

import static io.laundrybridge.config.LimitSettings.NUMBER_DIGITS;
import static io.laundrybridge.config.LimitSettings.VALUE_DEPTH;

import io.laundrybridge.limits.ValueLimits;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Checks that bytes are exactly one JSON value (RFC 8259) within limits, and reads the declared fields in the same
 * pass. Not thread-safe.
 */
final class JsonCheck {
    private static final int GZIP = 0x1F;

    private final String subject;
    private final ValueLimits limits;
    private final StrictUtf8 utf8 = new StrictUtf8();
    private final JsonFactory factory;
    private final FieldReader fields;
    private int depth;

    /** Makes a check; {@code subject} begins the sentence of its errors. */
    JsonCheck(String subject, ValueLimits limits, FieldReader fields) {
        this.subject = subject;
        this.limits = limits;
        this.fields = fields;
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
        refuseWhatIsNoText(value);
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), value)) {
            readOneValue(json);
        } catch (StreamConstraintsException overLimit) {
            throw depth >= limits.depth() ? tooDeep() : tooManyDigits();
        } catch (JacksonException notJson) {
            throw wrong("is not one JSON value; texts need quotes, numbers look like -12.5, and NaN is none");
        }
    }

    private void readOneValue(JsonParser json) throws UndecodableException {
        fields.begin();
        depth = 0;
        JsonToken token = json.nextToken();
        if (token == null) {
            throw wrong("holds nothing but blanks, which is no JSON value");
        }
        do {
            if (token.isNumeric() && json.getStringLength() > limits.numberDigits()) {
                throw tooManyDigits();
            }
            fields.token(json, token);
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            token = json.nextToken();
        } while (depth > 0 && token != null);
        if (token != null) {
            throw wrong("holds more than one JSON value; send one per record");
        }
    }

    /**
     * Refuses zero bytes and byte order marks, with which JSON never begins. A parser would take zero bytes for UTF-16
     * or UTF-32, and skip a mark.
     */
    private void refuseWhatIsNoText(byte[] value) throws UndecodableException {
        if (value.length == 0) {
            throw wrong("is empty, which is no JSON value; a deletion (tombstone) has the value null and no bytes");
        }
        if (value[0] == 0) {
            throw wrong(
                    "begins with a zero byte, like the output of a schema registry's serializer (Avro, Protobuf, JSON"
                            + " Schema); set a decoder with Bridge.from(...).map(...)");
        }
        if (begins(value, GZIP, 0x8B)) {
            throw wrong("is compressed by gzip; have its producer send JSON and set compression.type instead");
        }
        if (begins(value, 0xFE, 0xFF) || begins(value, 0xFF, 0xFE) || zeroAmongFirst(value)) {
            throw wrong("is not UTF-8 but looks like UTF-16 or UTF-32; have its producer write UTF-8");
        }
        if (begins(value, 0xEF, 0xBB, 0xBF)) {
            throw wrong("starts with a byte order mark; have its producer leave that out");
        }
        if (!utf8.accepts(value)) {
            throw wrong("is not UTF-8, which JSON must be; for a binary format set a decoder with"
                    + " Bridge.from(...).map(...)");
        }
    }

    private static boolean begins(byte[] value, int... first) {
        boolean same = value.length >= first.length;
        for (int i = 0; same && i < first.length; i++) {
            same = Byte.toUnsignedInt(value[i]) == first[i];
        }
        return same;
    }

    private static boolean zeroAmongFirst(byte[] value) {
        for (int i = 0; i < Math.min(4, value.length); i++) {
            if (value[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private UndecodableException tooDeep() {
        return wrong("is nested more than " + limits.depth() + " deep; " + VALUE_DEPTH + " allows no more");
    }

    private UndecodableException tooManyDigits() {
        return wrong("holds a number of more than " + limits.numberDigits() + " digits; " + NUMBER_DIGITS
                + " allows no more");
    }

    private UndecodableException wrong(String predicate) {
        return UndecodableException.undecodable(subject + " " + predicate);
    }
}
