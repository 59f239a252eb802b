package io.laundrybridge.channel.state;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.encode.EncodedLine;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FieldValues;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest event line of every key, in the order of their last change, beside the log that holds the events. The writer
 * changes both under one lock, which sessions take about once a second together to have an image made. Thread-safe.
 *
 * <p>A deletion takes its key out: a record without value, or whose value is JSON's {@code null}. So does a record that
 * cannot be decoded: no value is better than an outdated one, and a gap says so. Records without a key stay out.
 */
public final class StateTable {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");
    private static final long IMAGE_NANOS = 1_000_000_000L;
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final long ROW_OVERHEAD = 160;

    private final String channel;
    private final StateLimits limits;
    private final ChannelLog log;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private final Map<String, StateImage.Row> rows = new LinkedHashMap<>();

    /** Of keys whose value is not known any more, what clients may still hold; only where filter fields are declared. */
    private final Map<String, FieldValues> outdated = new HashMap<>();

    private long bytes;
    private boolean overfull;
    private @Nullable StateImage image;
    private long imageAt;

    /** An empty table beside the empty {@code log}. */
    public StateTable(String channel, StateLimits limits, ChannelLog log, LongSupplier nanoTime) {
        this.channel = channel;
        this.limits = limits;
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** Appends to the log and takes over the value. For the writer. */
    public synchronized void append(EncodedLine line, SourceRecord record, long ageMillis) {
        String key = line.key();
        log.append(line, record, ageMillis, before(key));
        if (key == null || overfull) {
            return;
        }
        remove(key);
        if (!isDeletion(line)) {
            put(record, key, line);
        }
    }

    /**
     * Appends the gap of one record that cannot be shown; {@code key} is that record's, if that can be told. For the
     * writer.
     */
    public synchronized void append(Gap gap, byte[] line, long timestamp, long ageMillis, @Nullable String key) {
        log.append(gap, line, timestamp, ageMillis);
        if (key != null) {
            outdate(key);
        }
    }

    /**
     * Appends a gap of records that the source could not give. Nobody knows whose they were, so the values of the whole
     * partition are outdated, perhaps, and leave the table. For the writer.
     */
    public synchronized void lost(Gap gap, byte[] line, long ageMillis) {
        log.append(gap, line, ageMillis, ageMillis);
        for (StateImage.Row row : List.copyOf(rows.values())) {
            if (row.partition() == gap.partition()) {
                outdate(row.key());
            }
        }
    }

    /** The newest values of those of {@code wanted} that have one; null if the channel has more state than its limits allow. */
    public synchronized @Nullable Map<String, StateImage.Row> newest(Collection<String> wanted) {
        if (overfull) {
            return null;
        }
        Map<String, StateImage.Row> found = new HashMap<>();
        for (String key : wanted) {
            StateImage.Row row = rows.get(key);
            if (row != null) {
                found.put(key, row);
            }
        }
        return found;
    }

    /** How many keys have a value. */
    public synchronized int keys() {
        return rows.size();
    }

    /** Memory held by the values. */
    public synchronized long bytes() {
        return bytes;
    }

    /**
     * The newest value of every key: the image of at most a second ago, or a new one; null if the channel has more state
     * than its limits allow.
     *
     * @param least the log index that the image must have come to: what a session has seen it sees no older state of
     */
    public synchronized @Nullable StateImage image(long least) {
        if (overfull) {
            return null;
        }
        long now = nanoTime.getAsLong();
        StateImage latest = image;
        boolean usable = latest != null
                && latest.index() >= Math.max(least, log.start())
                && (latest.index() == log.head() || now - imageAt < IMAGE_NANOS);
        if (latest == null || !usable) {
            latest = new StateImage(log, log.head(), List.copyOf(rows.values()));
            image = latest;
            imageAt = now;
        }
        return latest;
    }

    private void put(SourceRecord record, String key, EncodedLine line) {
        byte[] copy = Arrays.copyOf(line.bytes(), line.length());
        rows.put(
                key,
                new StateImage.Row(
                        record.partition(),
                        record.offset(),
                        key,
                        copy,
                        line.valueStart(),
                        line.original(),
                        line.fields()));
        bytes += size(copy.length, line.original(), line.fields());
        if (rows.size() + outdated.size() > limits.keys() || bytes > limits.bytes()) {
            giveUp();
        }
    }

    private void remove(String key) {
        StateImage.Row row = rows.remove(key);
        if (row != null) {
            bytes -= size(row.line().length, row.original(), row.fields());
        }
    }

    /** What the newest value of {@code key} has in the filter fields; null if that is not known. */
    private @Nullable FieldValues before(@Nullable String key) {
        if (overfull) {
            return null;
        }
        StateImage.Row row = rows.get(key);
        if (row != null) {
            return row.fields();
        }
        FieldValues known = outdated.remove(key);
        bytes -= known == null ? 0 : size(0, null, known);
        return known == null ? FieldValues.NOTHING : known;
    }

    private void outdate(String key) {
        StateImage.Row row = rows.get(key);
        FieldValues fields = row == null ? null : row.fields();
        remove(key);
        if (fields != null) {
            outdated.put(key, fields);
            bytes += size(0, null, fields);
        }
    }

    private void giveUp() {
        LOG.warn(
                "Channel '{}' has more state than {} keys or {} bytes and shows no snapshots any more; raise"
                        + " laundry-bridge.channels.{}.state-keys or state-bytes",
                channel,
                limits.keys(),
                limits.bytes(),
                channel);
        overfull = true;
        rows.clear();
        outdated.clear();
        bytes = 0;
        image = null;
    }

    private static boolean isDeletion(EncodedLine line) {
        int from = line.valueStart();
        int end = line.length() - 1;
        while (from < end && line.bytes()[from] <= ' ') {
            from++;
        }
        while (end > from && line.bytes()[end - 1] <= ' ') {
            end--;
        }
        return Arrays.equals(line.bytes(), from, end, NULL, 0, NULL.length);
    }

    private static long size(int line, byte @Nullable [] original, @Nullable FieldValues fields) {
        return ROW_OVERHEAD + line + (original == null ? 0 : original.length) + (fields == null ? 0 : fields.bytes());
    }
}
