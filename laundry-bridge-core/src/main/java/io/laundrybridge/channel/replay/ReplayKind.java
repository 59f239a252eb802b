package io.laundrybridge.channel.replay;

/** What a {@link ReplayRequest} asks for, the most urgent first. */
public enum ReplayKind {
    /** The next piece for a session that had been further already: it comes back, or fell behind. */
    RESUME,
    /** The next piece for a session that begins in the past: {@code earliest}, {@code since}. */
    START,
    /** The place of a time. */
    TIME,
    /** The place where the stream begins now. */
    BEGINNING
}
