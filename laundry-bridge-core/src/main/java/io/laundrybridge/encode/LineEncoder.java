package io.laundrybridge.encode;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.limits.ValueLimits;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Makes the protocol's event line of a record:
 * {@code {"ch":"machines","at":"0@1234.7","ts":1732375000000,"k":"m-42","v":{...}}}. The value comes last, so that
 * plain clients get a slice of the same bytes. Not thread-safe: one per channel, called on the source's thread.
 */
public final class LineEncoder {
    private static final byte[] DELETED = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[] head;
    private final KeyDecoder keys;
    private final ValueWriter values;
    private final ValueLimits limits;
    private final FieldReader fields;
    private final LineBuffer line = new LineBuffer();

    LineEncoder(String channel, KeyDecoder keys, ValueWriter values, ValueLimits limits, FieldReader fields) {
        this.head = ("{\"ch\":\"" + channel + "\",\"at\":\"").getBytes(StandardCharsets.UTF_8);
        this.keys = keys;
        this.values = values;
        this.limits = limits;
        this.fields = fields;
    }

    /**
     * The line of {@code record}; valid until the next call.
     *
     * @throws UndecodableException if the record is larger than the limits or cannot be read, whatever is thrown meanwhile
     * @throws RetriableDecodeException if a decoder of the application says that another try may succeed
     */
    public EncodedLine encode(SourceRecord record) throws UndecodableException {
        try {
            return line(record);
        } catch (UndecodableException e) {
            throw e;
        } catch (Throwable e) {
            throw UndecodableException.thrown("the bridge", e);
        }
    }

    private EncodedLine line(SourceRecord record) throws UndecodableException {
        refuseTooLarge(record.key(), limits.keyBytes(), "key");
        refuseTooLarge(record.value(), limits.valueBytes(), "value");
        line.clear();
        fields.nothing();
        line.append(head);
        appendPlace(record);
        line.append("\",\"ts\":");
        line.append(record.timestamp());
        String key = appendKey(record.key());
        line.append(",\"v\":");
        int valueStart = line.length();
        byte[] original = appendValue(record);
        line.append('}');
        return new EncodedLine(line.bytes(), line.length(), valueStart, key, original, fields.found());
    }

    private static void refuseTooLarge(byte @Nullable [] bytes, int limit, String what) throws UndecodableException {
        if (bytes != null && bytes.length > limit) {
            throw UndecodableException.tooLarge(
                    what,
                    "its " + what + " has " + bytes.length + " bytes; laundry-bridge.limits." + what + "-bytes allows "
                            + limit);
        }
    }

    private void appendPlace(SourceRecord record) {
        line.append(record.partition());
        line.append('@');
        line.append(record.offset());
        if (record.leaderEpoch() != PositionVector.NO_EPOCH) {
            line.append('.');
            line.append(record.leaderEpoch());
        }
    }

    private @Nullable String appendKey(byte @Nullable [] bytes) throws UndecodableException {
        line.append(",\"k\":");
        if (bytes == null) {
            line.append(DELETED);
            return null;
        }
        String key = keyText(bytes);
        line.append('"');
        line.append(JsonStringEncoder.getInstance().quoteAsUTF8(key));
        line.append('"');
        return key;
    }

    private String keyText(byte[] bytes) throws UndecodableException {
        try {
            return keys.decode(bytes);
        } catch (CharacterCodingException e) {
            throw UndecodableException.undecodable(
                    "its key is not strict UTF-8; for binary keys set key-format to base64");
        } catch (Throwable e) {
            throw UndecodableException.thrown("the key decoder", e);
        }
    }

    private byte @Nullable [] appendValue(SourceRecord record) throws UndecodableException {
        byte[] value = record.value();
        if (value == null) {
            line.append(DELETED);
            return null;
        }
        return values.write(record, value, line);
    }
}
