package io.laundrybridge.policy;

/**
 * What happens to a record that cannot be decoded or is too large. Clients of the full dialect get a gap, except under
 * {@link #FAIL}, which ends the channel instead; plain clients are not told.
 */
public enum UndecodablePolicy {
    /** The bridge fails: state {@code FAILED}, sessions are told; for topics that must never hold such a record. */
    FAIL,
    /** The record is skipped, counted, and logged once in a while. The default. */
    SKIP,
    /** As skip, and the record goes to the source's dead letters, in Kafka the topic {@code <topic>-dlt}. */
    DEAD_LETTER
}
