package io.laundrybridge.session.worker;

/** What a conversation has to say as soon as its session has a turn. The later in this list, the more there is. */
public enum Outlook {
    /** Nothing before something happens. */
    IDLE,
    /** Perhaps something; only the next turn can tell. */
    UNSURE,
    /** Something that may not be sent before the client has answered. */
    WAITS_FOR_CLIENT,
    /** Something that was left to a later turn, so that other sessions have theirs. */
    MORE,
    /** As {@link #MORE}, and the client has asked for the past and waits for it. */
    CATCHING_UP;

    /** The one of the two that has more to say. */
    public Outlook or(Outlook other) {
        return compareTo(other) < 0 ? other : this;
    }

    /** Whether something is known to wait. */
    boolean isBehind() {
        return compareTo(WAITS_FOR_CLIENT) >= 0;
    }

    /** Whether something is known to wait that may be sent. */
    boolean hasMore() {
        return compareTo(MORE) >= 0;
    }
}
