package io.laundrybridge.test.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The behaviour of the clients of a {@link ClientFleet}. Begin with {@link #of} and change what should differ.
 * Immutable.
 *
 * @param channel the channel that every client subscribes to, from its beginning
 * @param endpoints the WebSocket addresses that clients choose from, one at random for each connection
 * @param clients how many clients there are; 10 by default
 * @param stay how long a client keeps a connection on average before it drops it; 5 s by default
 * @param headers further headers of each handshake, such as {@code Cookie}; none by default
 * @param seed decides what clients choose and when they drop; a random one by default
 */
public record FleetPlan(
        String channel, List<URI> endpoints, int clients, Duration stay, Map<String, String> headers, long seed) {

    private static final int CLIENTS = 10;
    private static final Duration STAY = Duration.ofSeconds(5);

    /** Copies the collections, and checks that there is a client and an endpoint. */
    public FleetPlan {
        endpoints = List.copyOf(endpoints);
        headers = Map.copyOf(headers);
        if (endpoints.isEmpty() || clients < 1 || stay.isNegative() || stay.isZero()) {
            throw new IllegalArgumentException("Found endpoints=" + endpoints + ", clients=" + clients + ", stay="
                    + stay + ", expected an endpoint, a client and a positive stay at least");
        }
    }

    /**
     * Ten clients of {@code channel} that stay for 5 s.
     *
     * @param endpoints addresses such as {@code ws://127.0.0.1:8080/laundry}, one per node
     * @throws IllegalArgumentException if there is no endpoint
     */
    public static FleetPlan of(String channel, URI... endpoints) {
        return new FleetPlan(channel, List.of(endpoints), CLIENTS, STAY, Map.of(), new Random().nextLong());
    }

    /** Returns this plan with so many clients. */
    public FleetPlan clients(int count) {
        return new FleetPlan(channel, endpoints, count, stay, headers, seed);
    }

    /** Returns this plan with clients that drop each connection after this time on average. */
    public FleetPlan stay(Duration average) {
        return new FleetPlan(channel, endpoints, clients, average, headers, seed);
    }

    /** Returns this plan with one more header in each handshake: a cookie or token of a login, or an {@code Origin}. */
    public FleetPlan header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new FleetPlan(channel, endpoints, clients, stay, more, seed);
    }

    /** Returns this plan with the seed of an earlier run. */
    public FleetPlan seed(long earlier) {
        return new FleetPlan(channel, endpoints, clients, stay, headers, earlier);
    }
}
