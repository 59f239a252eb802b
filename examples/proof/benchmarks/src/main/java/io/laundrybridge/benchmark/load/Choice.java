package io.laundrybridge.benchmark.load;

/** What a client selects of the events. */
public enum Choice {
    /** All of them. */
    EVERYTHING,
    /** Those of one key, by {@code keys} (ours alone). */
    KEY,
    /** Those of one tenant, by {@code where} (ours alone). */
    WHERE,
    /** Those of one tenant, which the server grants by the client's token. The client asks for all (ours alone). */
    ROWS
}
