package io.laundrybridge.source;

/** One handler's reading of a source. */
public interface SourceReader extends AutoCloseable {

    /**
     * Ends the reading. When this returns the handler is not called any more; the source's threads and connections end
     * with its last reader. Waits at most 5 seconds. Idempotent; safe from any thread, the handler's own included.
     */
    @Override
    void close();
}
