package io.laundrybridge.encode;

import static io.laundrybridge.config.LimitSettings.VALUE_BYTES;

import io.laundrybridge.event.RecordView;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.limits.ValueLimits;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows a channel's records through its view, and folds the tombstone behind a deletion into it. Not thread-safe.
 */
final class ViewedRecords {
    /** A change event has a row twice, and its schema. */
    private static final int VIEWED_PER_SHOWN = 4;

    private final RecordView view;
    private final long longest;
    /** The last record of each partition, if it was a deletion, without its value. */
    private final Map<Integer, SourceRecord> deletions = new HashMap<>();

    ViewedRecords(RecordView view, ValueLimits limits) {
        this.view = view;
        this.longest = (long) VIEWED_PER_SHOWN * limits.valueBytes();
    }

    /**
     * Returns {@code record} as it is shown; null if nothing is shown of it.
     *
     * @throws UndecodableException if it cannot be shown, or is too large to be looked at
     */
    @Nullable SourceRecord view(SourceRecord record) throws UndecodableException {
        refuseTooLarge(record.value());
        SourceRecord deletion = deletions.isEmpty() ? null : deletions.remove(record.partition());
        if (deletion != null && isTombstoneOf(deletion, record)) {
            return null;
        }
        SourceRecord shown = shown(record);
        if (shown != null && shown.value() == null && record.value() != null) {
            deletions.put(record.partition(), record.with(record.key(), null));
        }
        return shown;
    }

    private @Nullable SourceRecord shown(SourceRecord record) throws UndecodableException {
        try {
            return view.view(record);
        } catch (Throwable e) {
            throw UndecodableException.thrown("the view", e);
        }
    }

    /**
     * Only the very next offset counts. Behind a hole, a tombstone may delete a value that came in between: another
     * encoder has read it, or compaction has removed it.
     */
    private static boolean isTombstoneOf(SourceRecord deletion, SourceRecord record) {
        return record.value() == null
                && record.offset() == deletion.offset() + 1
                && Arrays.equals(record.key(), deletion.key());
    }

    private void refuseTooLarge(byte @Nullable [] value) throws UndecodableException {
        if (value != null && value.length > longest) {
            throw UndecodableException.tooLarge(
                    "viewed value",
                    "its value has " + value.length + " bytes before the view; " + VIEWED_PER_SHOWN + " times "
                            + VALUE_BYTES + " allow " + longest);
        }
    }
}
