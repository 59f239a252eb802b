package io.laundrybridge.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An open session, as it was at one moment. It has no payload, key or credential. Immutable.
 *
 * @param id the session's id, unique among all nodes, as the audit and the client know it
 * @param user the user's name; "" if anonymous
 * @param address the client's address, as trusted proxies report it if there are any; "" if unknown
 * @param origin the page's origin, as the client sent it; "" if it sent none
 * @param since when the connection was opened
 * @param channels the channels that it reads; empty if its worker did not answer in time
 */
public record SessionInfo(
        String id, String user, String address, String origin, Instant since, List<Reading> channels) {

    /**
     * A channel that a session reads.
     *
     * @param channel the channel's name
     * @param events how many events in memory the session has yet to read; 0 while it reads a snapshot or a replay
     * @param behind the age of the oldest of these events by its timestamp
     */
    public record Reading(String channel, long events, Duration behind) {}
}
