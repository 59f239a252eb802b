package io.laundrybridge.host;

/**
 * Receives who connected, who was refused, who read which channel, and how sessions ended. Called on the bridge's
 * workers and on threads of the container, at the moment of each event: implementations must be thread-safe and must
 * not block. Hand events to a queue if they are stored. Events of one session come in their order. Exceptions are
 * logged at most once in 10 s and have no other effect.
 */
@FunctionalInterface
public interface AuditListener {

    /** Ignores all events. */
    AuditListener NONE = event -> {};

    /**
     * {@return a listener that writes each event as one line of level INFO to the logger
     * {@code io.laundrybridge.audit}} The setting {@code laundry-bridge.audit-log} adds it.
     */
    static AuditListener log() {
        return new AuditLog();
    }

    /**
     * Receives an event.
     *
     * @param event what happened
     */
    void audit(AuditEvent event);

    /**
     * {@return a listener that passes each event to this listener and then to {@code next}}
     *
     * @param next receives each event too
     */
    default AuditListener andThen(AuditListener next) {
        return event -> {
            audit(event);
            next.audit(event);
        };
    }
}
