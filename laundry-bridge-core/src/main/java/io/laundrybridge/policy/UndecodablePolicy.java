package io.laundrybridge.policy;

/**
 * The ways to treat a record that cannot be decoded or is too large. Clients of the full dialect get a gap, except
 * under {@link #FAIL}, which ends the channel instead. Plain clients get no message.
 */
public enum UndecodablePolicy {
    /**
     * The bridge fails: its state is {@code FAILED}, and sessions are informed. For topics that must never hold such a
     * record.
     */
    FAIL,
    /** The record is skipped, counted, and logged once in a while. The default. */
    SKIP,
    /**
     * The record is skipped as by {@link #SKIP}, and also written to the source's dead letters, in Kafka the topic
     * {@code <topic>-dlt}.
     */
    DEAD_LETTER
}
