package io.laundrybridge.transport.websocket.container;

/** Thrown if a container is not as its adapter expected. Later sessions use the portable way. */
public final class UnexpectedContainerException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final Throwable reason;

    /** Makes an exception; {@code reason} is the container's answer. */
    public UnexpectedContainerException(String message, Throwable reason) {
        super(message, reason);
        this.reason = reason;
    }

    /** Returns the container's answer. */
    public Throwable reason() {
        return reason;
    }
}
