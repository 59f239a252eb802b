package io.laundrybridge.channel.log;

import io.laundrybridge.event.Gap;
import io.laundrybridge.filter.FieldValues;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of one line: an event, or a gap notice that stands where records are missing. Immutable.
 *
 * @param from where the line begins in its segment
 * @param to where it ends; one line end follows
 * @param valueFrom where an event's value begins; it ends at {@code to - 1}
 * @param offset the event's offset; for a gap its last missing offset
 * @param age stamp that retention by age goes by, in milliseconds since 1970, never descending
 * @param original the value as plain clients get it, where it differs from the line's
 * @param gap the notice, or null for an event
 * @param fields what the value has in the channel's filter fields; null where it declares none
 * @param before what the value before of the same key had there; null if that is not known
 */
public record LogEntry(
        int from,
        int to,
        int valueFrom,
        int partition,
        long offset,
        int epoch,
        long timestamp,
        long age,
        @Nullable String key,
        byte @Nullable [] original,
        @Nullable Gap gap,
        @Nullable FieldValues fields,
        @Nullable FieldValues before) {

    /** Memory that an entry costs beyond its line: this object, its key, its references, its link. An estimate. */
    static final int OVERHEAD_BYTES = 168;

    /** The notice of {@code gap}, whose records are stamped {@code timestamp}. */
    static LogEntry notice(Gap gap, int from, int to, long timestamp, long age) {
        long last = gap.to() - 1;
        return new LogEntry(
                from, to, from, gap.partition(), last, gap.toEpoch(), timestamp, age, null, null, gap, null, null);
    }

    /** Memory that the entry holds beside its line. */
    long heldBytes() {
        return (long) OVERHEAD_BYTES
                + (original == null ? 0 : original.length)
                + (fields == null ? 0 : fields.bytes())
                + (before == null ? 0 : before.bytes());
    }

    /** The next offset of the partition once this entry has been handled. */
    public long next() {
        return offset + 1;
    }

    /** Whether this is an event and no notice. */
    public boolean isEvent() {
        return gap == null;
    }
}
