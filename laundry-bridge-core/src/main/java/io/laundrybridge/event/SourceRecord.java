package io.laundrybridge.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record as a source delivers it, with its bytes unchanged.
 *
 * <p>The arrays are shared, not copied: neither the source nor a reader may change them.
 *
 * @param topic the record's topic, for decoders and dead letters
 * @param partition the ordered stream within the topic, from 0
 * @param offset the record's place in its partition; offsets ascend and may have holes
 * @param leaderEpoch Kafka's leader epoch of the record, or {@link PositionVector#NO_EPOCH}
 * @param timestamp milliseconds since 1970, set by the producer or broker; may be -1 or out of order
 * @param key the key's bytes, or null
 * @param value the value's bytes, or null for a deletion (a tombstone)
 * @param headers the headers in their order
 */
public record SourceRecord(
        String topic,
        int partition,
        long offset,
        int leaderEpoch,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    /** One header of a record; {@code value} may be null. */
    public record Header(String name, byte @Nullable [] value) {}

    /** {@return the key as UTF-8 text, with U+FFFD for malformed bytes; null if there is none} */
    public @Nullable String keyText() {
        return text(key);
    }

    /**
     * {@return the value of the last header {@code name} as UTF-8 text; null if there is none, or it has no value}
     *
     * @param name the header's name
     */
    public @Nullable String header(String name) {
        byte[] last = null;
        for (Header header : headers) {
            last = header.name().equals(name) ? header.value() : last;
        }
        return text(last);
    }

    /**
     * {@return this record with another key and value, at the same place}
     *
     * @param newKey the bytes of the key, or null
     * @param newValue the bytes of the value, or null for a deletion
     */
    public SourceRecord with(byte @Nullable [] newKey, byte @Nullable [] newValue) {
        return new SourceRecord(topic, partition, offset, leaderEpoch, timestamp, newKey, newValue, headers);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
