package io.laundrybridge.event;

import java.util.Locale;

/** Why what was delivered is void. {@link #code()} is the word on the wire. */
public enum ResetReason {
    /** The topic was deleted and made again. */
    EPOCH,
    /** Kafka lost records that had been delivered. */
    TRUNCATED,
    /** The position lies ahead of what the topic has. */
    AHEAD,
    /** The rights of the session changed. Reserved: rights are asked when a client subscribes. */
    ACCESS;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The word on the wire, for example {@code epoch}. */
    public String code() {
        return code;
    }
}
