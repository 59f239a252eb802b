package io.laundrybridge.session.dialect;

/** How a session speaks. The client chooses by the subprotocol it asks for, nothing else. */
public enum Dialect {
    /** Subprotocol {@code laundry-bridge.v1}: many channels, resume, gaps, batches. */
    FULL("laundry-bridge.v1"),
    /** No subprotocol: one record value a text frame. */
    PLAIN("");

    private final String subprotocol;

    Dialect(String subprotocol) {
        this.subprotocol = subprotocol;
    }

    /** The subprotocol's name; "" for none. */
    public String subprotocol() {
        return subprotocol;
    }
}
