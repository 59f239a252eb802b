package io.laundrybridge.event;

import java.util.Locale;

/** The reasons for which everything delivered is void. {@link #code()} is the word on the wire. */
public enum ResetReason {
    /** The topic was deleted and made again. */
    EPOCH,
    /** Kafka lost records that had been delivered. */
    TRUNCATED,
    /** The position is ahead of the topic's end. */
    AHEAD,
    /** The rights of the session changed. */
    ACCESS;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** {@return the word on the wire, for example {@code epoch}} */
    public String code() {
        return code;
    }
}
