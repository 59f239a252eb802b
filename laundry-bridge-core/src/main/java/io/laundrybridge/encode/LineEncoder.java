package io.laundrybridge.encode;

import static io.laundrybridge.config.LimitSettings.KEY_BYTES;
import static io.laundrybridge.config.LimitSettings.VALUE_BYTES;

import io.laundrybridge.config.Setting;
import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.limits.ValueLimits;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Makes the event line of a record, in the layout of {@link EventLayout}. Not thread-safe: one per channel, called on
 * the source's thread.
 */
public final class LineEncoder {
    private final byte[] head;
    private final KeyDecoder keys;
    private final ValueWriter values;
    private final ValueLimits limits;
    private final FieldReader fields;
    private final RecordFilter filter;
    private final boolean state;
    private final @Nullable ViewedRecords views;
    private final LineBuffer line = new LineBuffer();

    LineEncoder(
            String channel,
            KeyDecoder keys,
            ValueWriter values,
            ValueLimits limits,
            FieldReader fields,
            RecordFilter filter,
            boolean state,
            @Nullable ViewedRecords views) {
        this.head = EventLayout.head(channel);
        this.keys = keys;
        this.values = values;
        this.limits = limits;
        this.fields = fields;
        this.filter = filter;
        this.state = state;
        this.views = views;
    }

    /**
     * Returns {@code record} as the channel's view shows it, or itself without a view; null if nothing is shown of it.
     * The other methods take what this one returns.
     *
     * @throws UndecodableException if the record cannot be shown, or is too large to be looked at
     * @throws RetriableDecodeException if the view reports that another try may succeed
     */
    public @Nullable SourceRecord view(SourceRecord record) throws UndecodableException {
        return views == null ? record : views.view(record);
    }

    /**
     * Returns whether the channel shows {@code record}. If not, {@link #dropped} says what takes its place.
     *
     * @throws UndecodableException if a filter of the application throws
     * @throws RetriableDecodeException if it reports that another try may succeed
     */
    public boolean keeps(SourceRecord record) throws UndecodableException {
        try {
            return filter.keeps(record);
        } catch (Throwable e) {
            throw UndecodableException.thrown("the filter", e);
        }
    }

    /**
     * Returns the deletion that takes the place of {@code record}, which is not shown. Null, so that nothing does, if
     * the channel keeps no state, or the record has no key that could have a value. Valid until the next call.
     *
     * @throws RetriableDecodeException if the key decoder reports that another try may succeed
     */
    public @Nullable EventLine dropped(SourceRecord record) {
        if (!state || record.key() == null) {
            return null;
        }
        try {
            return encode(withoutValue(record));
        } catch (UndecodableException neverShown) {
            return null;
        }
    }

    private static SourceRecord withoutValue(SourceRecord record) {
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.leaderEpoch(),
                record.timestamp(),
                record.key(),
                null,
                List.of());
    }

    /**
     * Returns the line of {@code record}; valid until the next call.
     *
     * @throws UndecodableException if the record is larger than the limits, or anything else is thrown while it is read
     * @throws RetriableDecodeException if a decoder of the application reports that another try may succeed
     */
    public EventLine encode(SourceRecord record) throws UndecodableException {
        try {
            return line(record);
        } catch (UndecodableException e) {
            throw e;
        } catch (Throwable e) {
            throw UndecodableException.thrown("the bridge", e);
        }
    }

    private EventLine line(SourceRecord record) throws UndecodableException {
        refuseTooLarge(record.key(), limits.keyBytes(), "key", KEY_BYTES);
        refuseTooLarge(record.value(), limits.valueBytes(), "value", VALUE_BYTES);
        line.clear();
        fields.nothing();
        line.append(head);
        EventLayout.appendPlace(line, record);
        EventLayout.appendTimestamp(line, record.timestamp());
        String key = appendKey(record.key());
        int valueFrom = EventLayout.beginValue(line);
        byte[] original = appendValue(record);
        EventLayout.end(line);
        return new EventLine(line.bytes(), line.length(), valueFrom, key, original, fields.found());
    }

    private static void refuseTooLarge(byte @Nullable [] bytes, int limit, String what, Setting<Long> setting)
            throws UndecodableException {
        if (bytes != null && bytes.length > limit) {
            throw UndecodableException.tooLarge(
                    what, "its " + what + " has " + bytes.length + " bytes; " + setting + " allows " + limit);
        }
    }

    private @Nullable String appendKey(byte @Nullable [] bytes) throws UndecodableException {
        if (bytes == null) {
            EventLayout.appendKey(line, null);
            return null;
        }
        String key = keyText(bytes);
        EventLayout.appendKey(line, JsonStringEncoder.getInstance().quoteAsUTF8(key));
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
            EventLayout.appendNoValue(line);
            return null;
        }
        return values.write(record, value, line);
    }
}
