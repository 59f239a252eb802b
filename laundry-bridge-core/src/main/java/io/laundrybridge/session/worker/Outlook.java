package io.laundrybridge.session.worker;

/** What a conversation has to send when its session has a turn. Later values have more to send. */
public enum Outlook {
    /** Nothing until something happens. */
    IDLE,
    /** Perhaps something; only the next turn can show. */
    UNSURE,
    /** Something that may not be sent before the client has answered. */
    WAITS_FOR_CLIENT,
    /** Something left to a later turn, so that other sessions have theirs. */
    MORE,
    /** As {@link #MORE}, and the client has asked for the past and waits for it. */
    CATCHING_UP;

    /** Returns the one of the two with more to send. */
    public Outlook or(Outlook other) {
        return compareTo(other) < 0 ? other : this;
    }

    /** Returns whether something is known to wait. */
    boolean isBehind() {
        return compareTo(WAITS_FOR_CLIENT) >= 0;
    }

    /** Returns whether something waits that may be sent. */
    boolean hasMore() {
        return compareTo(MORE) >= 0;
    }
}
