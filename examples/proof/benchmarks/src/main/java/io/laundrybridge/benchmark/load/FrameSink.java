package io.laundrybridge.benchmark.load;

/** Receives the findings of a frame reader. */
interface FrameSink {
    /** A piece of the payload of a data frame. */
    void payload(byte[] bytes, int from, int to, Kind kind);

    /** A data frame has ended. */
    void endOfFrame(Kind kind, boolean endOfMessage);

    /** A ping with its payload. */
    void ping(byte[] payload);

    /** The server closes. */
    void closing(byte[] payload);
}
