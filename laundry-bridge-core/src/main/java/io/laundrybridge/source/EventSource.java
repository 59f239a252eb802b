package io.laundrybridge.source;

import io.laundrybridge.host.HostServices;

/**
 * A stream of records that can be read from a position, in order per partition.
 *
 * <p>A source may feed several channels: each {@link #open} adds a handler, and all of them share one reader of the
 * underlying stream. A handler is called on one thread at a time and in order. Thread-safe.
 */
public interface EventSource {

    /** {@return the source's name in logs, thread names and meters, for example the topic} */
    String name();

    /**
     * Starts to hand records to {@code handler}: first the history that {@code request} asks for, then new records.
     *
     * <p>Returns at once. A stream that cannot be reached, or does not exist yet, is tried again until it can be read:
     * {@link RecordHandler#stale} gives the reason. The handler is called from the source's own thread only, beginning
     * with {@link RecordHandler#opened}.
     *
     * @param request which history, for which channel
     * @param handler is called on the source's thread alone
     * @return a handle that ends the reading for this handler
     */
    SourceReader open(ReadRequest request, RecordHandler handler);

    /**
     * {@return a reader of older records, for sessions whose place is behind a channel's memory} Makes no connection
     * yet; independent of the readers that {@link #open} returns. The caller closes it.
     *
     * @param services threads, clocks and telemetry of the host
     */
    HistoryReader history(HostServices services);

    /** {@return the destination of records that no channel could decode, for channels whose policy is dead-letter} */
    DeadLetters deadLetters();
}
