package io.laundrybridge.source;

import io.laundrybridge.host.HostServices;

/**
 * Something read in order, per partition, from a position.
 *
 * <p>A source may feed several channels: each {@link #open} adds a handler, and all of them share one reader of the
 * underlying stream. A handler is called on one thread at a time and in order. Thread-safe.
 */
public interface EventSource {

    /** {@return the source's name in logs, thread names and meters, for example the topic} */
    String name();

    /**
     * Starts handing records to {@code handler}: first the history that {@code request} asks for, then what comes.
     *
     * <p>Returns at once. A source that cannot be reached, or is not there yet, is tried again until it is:
     * {@link RecordHandler#stale} says why. The handler is called from the source's own thread only, beginning with
     * {@link RecordHandler#opened}.
     *
     * @param request which history, for which channel
     * @param handler is called on the source's thread alone
     * @return a handle that ends the reading for this handler
     */
    SourceReader open(ReadRequest request, RecordHandler handler);

    /**
     * {@return a reader of what the stream held before, for sessions whose place is behind a channel's memory} Makes
     * no connection yet; independent of the readers that {@link #open} returns. The caller closes it.
     *
     * @param services threads, clocks and telemetry of the host
     */
    HistoryReader history(HostServices services);

    /** {@return the destination of records that no channel could decode, for channels whose policy is dead-letter} */
    DeadLetters deadLetters();
}
