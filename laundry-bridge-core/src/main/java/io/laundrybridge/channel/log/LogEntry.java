package io.laundrybridge.channel.log;

import io.laundrybridge.encode.EventLayout;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FieldValues;
import org.jspecify.annotations.Nullable;

/**
 * The log's data of one line: an event, a row of a snapshot, or a notice of a gap. It is one final class, so that
 * readers need no dispatch by kind. Immutable.
 */
public final class LogEntry {
    /** The memory of an entry beside its line, by estimate: this object, its key, its references, its link. */
    static final int OVERHEAD_BYTES = 168;

    private final int from;
    private final int to;
    private final int valueFrom;
    private final int partition;
    private final long offset;
    private final int epoch;
    private final long timestamp;
    private final long age;
    private final @Nullable String key;
    private final byte @Nullable [] original;
    private final @Nullable FieldValues fields;
    private final @Nullable FieldValues before;
    private final @Nullable Gap gap;

    /** Makes the entry of a line with a value that begins at {@code from}; {@code record} is null for a row. */
    private LogEntry(int from, EventLine line, @Nullable SourceRecord record, long age, @Nullable FieldValues before) {
        this.from = from;
        this.to = from + line.length();
        this.valueFrom = from + line.valueFrom();
        this.partition = record == null ? 0 : record.partition();
        this.offset = record == null ? 0 : record.offset();
        this.epoch = record == null ? PositionVector.NO_EPOCH : record.leaderEpoch();
        this.timestamp = record == null ? 0 : record.timestamp();
        this.age = age;
        this.key = line.key();
        this.original = line.original();
        this.fields = line.fields();
        this.before = before;
        this.gap = null;
    }

    private LogEntry(int from, int to, Gap gap, long timestamp, long age) {
        this.from = from;
        this.to = to;
        this.valueFrom = from;
        this.partition = gap.partition();
        this.offset = gap.to() - 1;
        this.epoch = gap.toEpoch();
        this.timestamp = timestamp;
        this.age = age;
        this.key = null;
        this.original = null;
        this.fields = null;
        this.before = null;
        this.gap = gap;
    }

    /** Returns the event of {@code record}, whose line begins at {@code from} in its segment. */
    static LogEntry event(int from, EventLine line, SourceRecord record, long age, @Nullable FieldValues before) {
        return new LogEntry(from, line, record, age, before);
    }

    /** Returns a row, which has no place in the stream; its line begins at {@code from} in its segment. */
    static LogEntry row(int from, EventLine line, long age, @Nullable FieldValues before) {
        return new LogEntry(from, line, null, age, before);
    }

    /** Returns a row that is in no log yet, for selections to look at. */
    public static LogEntry row(EventLine line) {
        return new LogEntry(0, line, null, 0, FieldValues.NOTHING);
    }

    /** Returns the notice of {@code gap}, whose records have timestamp {@code timestamp}. */
    static LogEntry notice(int from, int to, Gap gap, long timestamp, long age) {
        return new LogEntry(from, to, gap, timestamp, age);
    }

    /** Returns whether this is an event or a row, not a notice. */
    public boolean isEvent() {
        return gap == null;
    }

    /** Returns where the line begins in its segment. */
    public int from() {
        return from;
    }

    /** Returns where the line ends; one line end follows. */
    public int to() {
        return to;
    }

    /** Returns the length of the line. */
    public int length() {
        return to - from;
    }

    /** Returns the length of the line that {@link Run#left} makes. */
    public int leftLength() {
        return EventLayout.leftLength(from, valueFrom);
    }

    /** Returns where the value begins in the segment. */
    public int valueFrom() {
        return valueFrom;
    }

    /** Returns where the value ends in the segment. */
    public int valueTo() {
        return EventLayout.valueEnd(to);
    }

    /** Returns the partition of the record, or of the gap. */
    public int partition() {
        return partition;
    }

    /** Returns the event's offset; for a gap its last missing offset. */
    public long offset() {
        return offset;
    }

    /** Returns the next offset of the partition once this entry has been handled. */
    public long next() {
        return offset + 1;
    }

    /** Returns the first offset of the entry: the event's own, or the first that is missing. */
    public long firstOffset() {
        return gap == null ? offset : gap.from();
    }

    /** Returns the leader epoch of the record, or after the gap; {@link PositionVector#NO_EPOCH} if unknown. */
    public int epoch() {
        return epoch;
    }

    /** Returns the record's timestamp, in milliseconds since 1970. */
    public long timestamp() {
        return timestamp;
    }

    /** Returns the time that retention by age uses, in milliseconds since 1970; it never decreases. */
    public long age() {
        return age;
    }

    /** Returns the key's text; null for records without a key and for notices. */
    public @Nullable String key() {
        return key;
    }

    /** Returns the value as plain clients get it, if that differs from the line's; else null. */
    public byte @Nullable [] original() {
        return original;
    }

    /** Returns the value's filter fields; null if the channel declares none. */
    public @Nullable FieldValues fields() {
        return fields;
    }

    /** Returns the filter fields of the key's previous value; null if unknown. */
    public @Nullable FieldValues before() {
        return before;
    }

    /** Returns the gap of a notice; null for an event. */
    public @Nullable Gap gap() {
        return gap;
    }

    /** Returns the memory of the entry beside its line. */
    long heldBytes() {
        return (long) OVERHEAD_BYTES
                + (original == null ? 0 : original.length)
                + (fields == null ? 0 : fields.bytes())
                + (before == null ? 0 : before.bytes());
    }
}
