package io.laundrybridge.source;

/** One handler's reading of a source. */
public interface SourceReader extends AutoCloseable {

    /**
     * Ends the reading. After it returns, the handler is not called any more. The source's threads and connections end
     * with its last reader. Waits at most 5 seconds. Idempotent; any thread may call it, the handler's own included.
     */
    @Override
    void close();
}
