package io.laundrybridge.example.database.capture;

/**
 * How the capture of changes is.
 *
 * @param state what it does
 * @param message what an operator must know or do; empty if nothing
 */
public record CaptureState(State state, String message) {
    /** What a capture does. */
    public enum State {
        /** It connects, or copies the rows that are there already. */
        STARTING,
        /** It reads changes as they are committed. */
        STREAMING,
        /** The database or Kafka does not answer; it tries again. */
        AWAY,
        /** The database has dropped changes that were not read; the rows are copied again. */
        CHANGES_LOST,
        /** It was closed. */
        STOPPED
    }
}
