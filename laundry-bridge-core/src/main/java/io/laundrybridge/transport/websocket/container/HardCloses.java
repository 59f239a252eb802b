package io.laundrybridge.transport.websocket.container;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;

/**
 * Finds the ways to end one container's connections. {@code Session.close} is not enough while a send is pending to a
 * peer that stopped reading. Measured, Tyrus and Undertow then keep the socket, and Jetty waits for its idle timeout.
 * Thread-safe.
 */
@FunctionalInterface
public interface HardCloses {

    /** The portable way: closes the session, and relies on the idle timeout, if it still runs. */
    HardCloses POLITE = opened -> () -> {
        closeAbnormally(opened.session());
        opened.session().setMaxIdleTimeout(1);
    };

    /** Returns the way to drop a session that has just opened. Some servers forget afterwards what was below it. */
    HardClose of(OpenSession opened) throws ReflectiveOperationException;

    /** Closes through the API with code 1011. */
    static void closeAbnormally(Session session) throws IOException {
        session.close(new CloseReason(CloseCodes.UNEXPECTED_CONDITION, ""));
    }
}
