package io.laundrybridge.channel.replay;

/** The kinds of a {@link ReplayRequest}, the most urgent first. */
public enum ReplayKind {
    /** The next piece for a session that reconnects or fell behind. */
    RESUME,
    /** The next piece for a session that begins in the past: {@code earliest}, {@code since}. */
    START,
    /** The next piece for a session that plays the past at a pace. */
    PACED,
    /** The place of a time. */
    TIME,
    /** The place where the stream begins now. */
    BEGINNING
}
