package io.laundrybridge.transport.websocket.container;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;

/**
 * Finds how one container drops its connections. {@code Session.close} alone does not: measured with a send pending to
 * a peer that stopped reading, Tyrus and Undertow keep the socket and Jetty waits for its idle timeout. Thread-safe.
 */
@FunctionalInterface
public interface HardCloses {

    /** The portable best: closes and lets the idle timeout, if it still runs, do the rest. */
    HardCloses POLITE = opened -> () -> {
        closeAbnormally(opened.session());
        opened.session().setMaxIdleTimeout(1);
    };

    /** Returns how a session that has just opened is dropped; some servers forget afterwards what was below it. */
    HardClose of(OpenSession opened) throws ReflectiveOperationException;

    /** Closes by the API with code 1011. */
    static void closeAbnormally(Session session) throws IOException {
        session.close(new CloseReason(CloseCodes.UNEXPECTED_CONDITION, ""));
    }
}
