package io.laundrybridge.benchmark.load;

import java.util.List;

/** The first lines of a client on its new WebSocket, per protocol. */
public enum Dialect {
    /** The client sends no line: each connection gets everything. */
    RAW,
    /** The same, with permessage-deflate. */
    RAW_DEFLATED,
    /** Ours. */
    LAUNDRY,
    /** STOMP, as Spring speaks it. */
    STOMP,
    /** The protocol of nats-server. */
    NATS;

    /**
     * One step.
     *
     * @param awaited the text that the server must have sent; empty for none
     * @param said the answer; empty for none
     */
    record Turn(String awaited, String said) {}

    /** Returns whether the client in C speaks it. */
    boolean isKnownInC() {
        return this == RAW || this == LAUNDRY || this == NATS;
    }

    /** Returns the value of the header for the subprotocol, empty for none. */
    String subprotocol() {
        return switch (this) {
            case LAUNDRY -> "laundry-bridge.v1";
            case STOMP -> "v12.stomp";
            case RAW, RAW_DEFLATED, NATS -> "";
        };
    }

    /** Returns the value of the header for extensions, empty for none. The server must accept an offer. */
    String extension() {
        return this == RAW_DEFLATED ? "permessage-deflate" : "";
    }

    /**
     * Returns the steps.
     *
     * @param fields go into our subscribe line; begins with a comma, or is empty
     * @param token logs in to our server first; empty for none
     */
    List<Turn> hello(String fields, String token) {
        return switch (this) {
            case RAW, RAW_DEFLATED -> List.of();
            case LAUNDRY -> laundry("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"bench\"" + fields + "}", token);
            case STOMP ->
                List.of(
                        new Turn("", "CONNECT\naccept-version:1.2\nhost:bench\nheart-beat:0,0\n\n\0"),
                        new Turn("CONNECTED", "SUBSCRIBE\nid:0\ndestination:/topic/bench\n\n\0"));
            case NATS ->
                List.of(
                        new Turn("", "CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB bench 1\r\nPING\r\n"),
                        new Turn("PONG", ""));
        };
    }

    private static List<Turn> laundry(String subscribe, String token) {
        Turn last = new Turn("\"op\":\"subscribed\"", "");
        return token.isEmpty()
                ? List.of(new Turn("", subscribe), last)
                : List.of(
                        new Turn("", "{\"op\":\"auth\",\"id\":2,\"token\":\"" + token + "\"}"),
                        new Turn("\"op\":\"authenticated\"", subscribe),
                        last);
    }
}
