package io.laundrybridge.transport.websocket.container;

/** Makes the writers of one container's sessions. Thread-safe. */
@FunctionalInterface
public interface FrameWriters {

    /** The writers that use only the API. */
    FrameWriters PORTABLE = OpenSession::portableWriter;

    /**
     * Returns the writer of one session.
     *
     * @throws Throwable if the container is not as expected; frames then go out in the portable way
     */
    FrameWriter of(OpenSession opened) throws Throwable;
}
