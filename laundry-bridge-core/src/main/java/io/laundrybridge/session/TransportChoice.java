package io.laundrybridge.session;

/** How frames are handed to the container: {@code laundry-bridge.transport}. */
public enum TransportChoice {
    /** The cheapest way if the container is known, otherwise the portable one. */
    AUTO,
    /** The WebSocket API alone, in case a new version of a container breaks the other way. */
    PORTABLE
}
