package io.laundrybridge.session;

/** How frames are handed to the container: {@code laundry-bridge.transport}. */
public enum TransportChoice {
    /** The way that costs least where the container is known, else the portable one. */
    AUTO,
    /** By the WebSocket API alone, if a new version of a container should not bear the other way. */
    PORTABLE
}
