package io.laundrybridge.transport.websocket.container;

/** A container was not as its adapter expected. Sessions that open from then on go the portable way. */
public final class UnexpectedContainerException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final Throwable reason;

    /** {@code reason} is what the container answered. */
    public UnexpectedContainerException(String message, Throwable reason) {
        super(message, reason);
        this.reason = reason;
    }

    /** Returns what the container answered. */
    public Throwable reason() {
        return reason;
    }
}
