package io.laundrybridge.session;

import io.laundrybridge.channel.Caller;
import java.util.List;
import java.util.Map;

/**
 * What the opening handshake told.
 *
 * @param subprotocols what the client asked for, in its order; empty if it asked for none
 * @param query the decoded query parameters of the request
 * @param caller who asks
 */
public record Handshake(List<String> subprotocols, Map<String, List<String>> query, Caller caller) {}
