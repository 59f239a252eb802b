package io.laundrybridge.channel.log;

import io.laundrybridge.encode.EventLayout;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FieldValues;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of one line: an event, a row of a snapshot, or a gap notice where records are missing. One final
 * class, so that no reader pays for the kind. Immutable.
 */
public final class LogEntry {
    /** Memory that an entry costs beyond its line: this object, its key, its references, its link. An estimate. */
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

    /** Of a line with a value that begins at {@code from}; {@code record} is null for a row. */
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

    /** The event of {@code record}, whose line begins at {@code from} in its segment. */
    static LogEntry event(int from, EventLine line, SourceRecord record, long age, @Nullable FieldValues before) {
        return new LogEntry(from, line, record, age, before);
    }

    /** A row, which has no place in the stream; its line begins at {@code from} in its segment. */
    static LogEntry row(int from, EventLine line, long age, @Nullable FieldValues before) {
        return new LogEntry(from, line, null, age, before);
    }

    /** A row that is in no log yet, for selections to look at. */
    public static LogEntry row(EventLine line) {
        return new LogEntry(0, line, null, 0, FieldValues.NOTHING);
    }

    /** The notice of {@code gap}, whose records are stamped {@code timestamp}. */
    static LogEntry notice(int from, int to, Gap gap, long timestamp, long age) {
        return new LogEntry(from, to, gap, timestamp, age);
    }

    /** Whether this is an event or a row, and no notice. */
    public boolean isEvent() {
        return gap == null;
    }

    /** Where the line begins in its segment. */
    public int from() {
        return from;
    }

    /** Where the line ends; one line end follows. */
    public int to() {
        return to;
    }

    /** The length of the line. */
    public int length() {
        return to - from;
    }

    /** The length of the line that {@link Run#left} makes. */
    public int leftLength() {
        return EventLayout.leftLength(from, valueFrom);
    }

    /** Where the value begins in the segment. */
    public int valueFrom() {
        return valueFrom;
    }

    /** Where the value ends in the segment. */
    public int valueTo() {
        return EventLayout.valueEnd(to);
    }

    /** The partition of the record, or of the gap. */
    public int partition() {
        return partition;
    }

    /** The event's offset; for a gap its last missing offset. */
    public long offset() {
        return offset;
    }

    /** The next offset of the partition once this entry has been handled. */
    public long next() {
        return offset + 1;
    }

    /** The first offset that the entry tells of: the event's own, or the first that is missing. */
    public long firstOffset() {
        return gap == null ? offset : gap.from();
    }

    /** The leader epoch of the record, or after the gap; {@link PositionVector#NO_EPOCH} if it is not known. */
    public int epoch() {
        return epoch;
    }

    /** The record's timestamp, in milliseconds since 1970. */
    public long timestamp() {
        return timestamp;
    }

    /** The stamp that retention by age goes by, in milliseconds since 1970, never descending. */
    public long age() {
        return age;
    }

    /** The key's text; null for records without a key and for notices. */
    public @Nullable String key() {
        return key;
    }

    /** The value as plain clients get it, if that differs from the line's; else null. */
    public byte @Nullable [] original() {
        return original;
    }

    /** What the value has in the channel's filter fields; null if it declares none. */
    public @Nullable FieldValues fields() {
        return fields;
    }

    /** What the value before of the same key had in the filter fields; null if that is not known. */
    public @Nullable FieldValues before() {
        return before;
    }

    /** The gap that a notice tells of; null for an event. */
    public @Nullable Gap gap() {
        return gap;
    }

    /** Memory that the entry holds beside its line. */
    long heldBytes() {
        return (long) OVERHEAD_BYTES
                + (original == null ? 0 : original.length)
                + (fields == null ? 0 : fields.bytes())
                + (before == null ? 0 : before.bytes());
    }
}
