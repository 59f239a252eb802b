package io.laundrybridge.simulation;

/**
 * The processor time of single steps on a warm node, in nanoseconds. The defaults are measured; docs/sizing.md says
 * how.
 *
 * @param write a write of a frame to a socket whose data no cache holds
 * @param event an event in such a frame
 * @param record a record that the channel's reader fetches, encodes and appends
 * @param fetch a fetch of that reader
 * @param replayed a record that is read again for sessions that are behind memory
 * @param handshake a connection: accept, handshake, session, subscribe
 * @param answer the answer to a beat
 */
record Costs(long write, long event, long record, long fetch, long replayed, long handshake, long answer) {
    static final Costs MEASURED = new Costs(19_000, 430, 3_000, 170_000, 3_000, 200_000, 10_000);

    /**
     * Returns these costs, with those of a session times {@code factor}: a node with fewer sessions is then as busy as
     * one with many.
     */
    Costs times(long factor) {
        return new Costs(write * factor, event * factor, record, fetch, replayed, handshake * factor, answer * factor);
    }
}
