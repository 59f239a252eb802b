package io.laundrybridge.session;

import io.laundrybridge.policy.Caller;
import java.util.List;
import java.util.Map;

/**
 * What the opening handshake told.
 *
 * @param subprotocols what the client asked for, in its order; empty if it asked for none
 * @param query the decoded query parameters of the request
 * @param caller who asks
 * @param address of the client, behind trusted proxies the one that they tell; "" if it is not known
 */
public record Handshake(List<String> subprotocols, Map<String, List<String>> query, Caller caller, String address) {

    /** A handshake of a client whose address is not known. */
    public Handshake(List<String> subprotocols, Map<String, List<String>> query, Caller caller) {
        this(subprotocols, query, caller, "");
    }
}
