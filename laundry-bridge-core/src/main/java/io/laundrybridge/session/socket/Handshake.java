package io.laundrybridge.session.socket;

import io.laundrybridge.policy.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of the opening handshake.
 *
 * @param subprotocols the subprotocols that the client requests, in its order; empty if none
 * @param query the decoded query parameters of the request
 * @param caller the user
 * @param address the client's address, as trusted proxies report it if there are any; "" if unknown
 * @param origin the page's origin, as the client sent it; "" if it sent none
 * @param headers the headers, for authenticators; empty if there is none. They hold credentials
 * @param hostSession the host's own session of the user; null if there is none
 */
public record Handshake(
        List<String> subprotocols,
        Map<String, List<String>> query,
        Caller caller,
        String address,
        String origin,
        Map<String, List<String>> headers,
        @Nullable HostSession hostSession) {

    /**
     * Makes a handshake without headers.
     *
     * @param subprotocols what the client asks for, in its order
     * @param query the decoded query parameters
     * @param caller the user
     * @param address the client's address; "" if unknown
     * @param origin the page's origin; "" if unknown
     */
    public Handshake(
            List<String> subprotocols, Map<String, List<String>> query, Caller caller, String address, String origin) {
        this(subprotocols, query, caller, address, origin, Map.of(), null);
    }

    /**
     * Makes a handshake of a client whose address and page are unknown.
     *
     * @param subprotocols what the client asks for, in its order
     * @param query the decoded query parameters
     * @param caller the user
     */
    public Handshake(List<String> subprotocols, Map<String, List<String>> query, Caller caller) {
        this(subprotocols, query, caller, "", "");
    }

    /**
     * {@return this handshake with headers for authenticators}
     *
     * @param all the headers of the request
     */
    public Handshake withHeaders(Map<String, List<String>> all) {
        return new Handshake(subprotocols, query, caller, address, origin, all, hostSession);
    }

    /**
     * {@return this handshake with the host's own session of the user}
     *
     * @param present the session; null if there is none
     */
    public Handshake withHostSession(@Nullable HostSession present) {
        return new Handshake(subprotocols, query, caller, address, origin, headers, present);
    }

    /** Leaves out the query and the headers, which may hold secrets. */
    @Override
    public String toString() {
        return "Handshake[" + subprotocols + " of '" + caller.name() + "' at " + address + "]";
    }
}
