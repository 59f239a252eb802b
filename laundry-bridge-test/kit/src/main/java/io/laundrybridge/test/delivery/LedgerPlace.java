package io.laundrybridge.test.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The place of a client: the head of the last position from the server, and the next place of each partition. It
 * computes only what docs/protocol.md permits. Not thread-safe.
 */
final class LedgerPlace {
    private final Map<Integer, String> next = new TreeMap<>();
    private String head = "";

    /** Takes a whole position. */
    void take(String position) {
        int colon = position.indexOf(':');
        head = position.substring(0, colon);
        next.clear();
        for (String entry : position.substring(colon + 1).split(",", -1)) {
            if (!entry.isEmpty()) {
                next.put(partition(entry), tail(entry));
            }
        }
    }

    /** An event at {@code 0@1234.7} was handled: partition 0 goes to {@code 1235.7}. */
    void pass(String at) {
        String epoch = tail(at).replaceFirst("^[0-9]+", "");
        next.put(partition(at), (offset(at) + 1) + epoch);
    }

    /** A gap that ends at {@code to} was handled. */
    void jump(String to) {
        next.put(partition(to), tail(to));
    }

    /** Forgets the place. */
    void forget() {
        head = "";
        next.clear();
    }

    /** Returns the position to resume from; "" before the server gave one. */
    String position() {
        return head.isEmpty()
                ? ""
                : head + ":"
                        + next.entrySet().stream()
                                .map(entry -> entry.getKey() + "@" + entry.getValue())
                                .collect(Collectors.joining(","));
    }

    /** Returns the next offset of each partition that the position names. */
    Map<Integer, Long> offsets() {
        Map<Integer, Long> offsets = new TreeMap<>();
        next.forEach((partition, tail) -> offsets.put(partition, offset(partition + "@" + tail)));
        return offsets;
    }

    static int partition(String place) {
        return Integer.parseInt(place.substring(0, place.indexOf('@')));
    }

    static long offset(String place) {
        return Long.parseLong(tail(place).replaceFirst("\\..*", ""));
    }

    /** Returns the leader epoch, -1 where there is none. */
    static int epoch(String place) {
        int dot = place.indexOf('.');
        return dot < 0 ? -1 : Integer.parseInt(place.substring(dot + 1));
    }

    private static String tail(String place) {
        return place.substring(place.indexOf('@') + 1);
    }
}
