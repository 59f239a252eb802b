package io.laundrybridge.event;

import org.jspecify.annotations.Nullable;

/**
 * Shows records in another form before anything else reads them: filters, decoders, mappings and keys get the record
 * that a view returns. A view is for formats that wrap rows, as change data capture does.
 *
 * <p><b>Threads.</b> Called once per record, on the source's thread for new records and on the threads of {@code
 * Replays} for replayed ones, at the same time. So a view must be thread-safe and depend on its record only. It must
 * not block.
 *
 * <p>A tombstone right behind a record that a view shows as a deletion of the same key is folded into it. So clients
 * get one deletion.
 */
@FunctionalInterface
public interface RecordView {

    /**
     * {@return {@code record} as it is shown, at the same place; null if nothing of it is shown, which leaves a hole}
     *
     * @param record the record as the source delivers it
     * @throws io.laundrybridge.error.UnviewableRecordException if it cannot be shown; its message is logged, and the
     *     channel's policy for undecodable records applies
     * @throws io.laundrybridge.error.RetriableDecodeException if another try may succeed; the channel waits
     * @throws Exception if it cannot be shown for any other reason
     */
    @Nullable SourceRecord view(SourceRecord record) throws Exception;

    /**
     * {@return a view that shows to {@code next} what this one shows}
     *
     * @param next the view behind this one
     */
    default RecordView then(RecordView next) {
        return record -> {
            SourceRecord shown = view(record);
            return shown == null ? null : next.view(shown);
        };
    }
}
