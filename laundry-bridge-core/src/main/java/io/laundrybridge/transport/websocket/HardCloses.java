package io.laundrybridge.transport.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How each container drops a connection. {@code Session.close} alone does not: measured with a send pending to a peer
 * that stopped reading, Tyrus and Undertow keep the socket and Jetty waits for its idle timeout. The ways are found by
 * reflection on the session itself, once a class of sessions, because the library links to no container.
 */
final class HardCloses {
    private static final Logger LOG = LoggerFactory.getLogger(HardCloses.class);

    /** Not a ClassValue: that would tie this application's loader to the container's class for good. */
    private static final Map<Class<?>, HardClose> BY_SESSION = new ConcurrentHashMap<>();

    private HardCloses() {}

    /** How {@code session}, which has just opened, is dropped. */
    static HardClose of(Session session, RemoteEndpoint.Async remote) {
        Class<?> type = session.getClass();
        try {
            return BY_SESSION.computeIfAbsent(type, HardCloses::findOrSettle).of(session, remote);
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            HardClose settled = settle(type, otherVersion);
            BY_SESSION.put(type, settled);
            return settled;
        }
    }

    private static HardClose findOrSettle(Class<?> session) {
        try {
            return find(session);
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            return settle(session, otherVersion);
        }
    }

    private static HardClose settle(Class<?> session, Exception otherVersion) {
        LOG.warn(
                "{} is not as expected ({}): its stalled connections are closed politely and may linger",
                session.getName(),
                otherVersion.toString());
        return (opened, remote) -> impatiently(opened);
    }

    private static HardClose find(Class<?> session) throws ReflectiveOperationException {
        String container = session.getName();
        if (container.startsWith("org.apache.tomcat.")) {
            return tomcat(session);
        }
        if (container.startsWith("org.eclipse.jetty.")) {
            return jetty(session);
        }
        if (container.startsWith("io.undertow.")) {
            return undertow(session);
        }
        if (container.startsWith("org.glassfish.tyrus.")) {
            return new TyrusHardClose(TyrusWriters.of(session));
        }
        LOG.info("{} is an unknown container's: its stalled connections are closed politely", container);
        return (opened, remote) -> impatiently(opened);
    }

    /**
     * Tomcat waits 20 s for the peer after code 1000, 50 ms after any other, and then cuts the connection. Where it was asked to
     * close before, it waits for half a minute and takes no second close; what it does after that time cuts it now.
     */
    private static HardClose tomcat(Class<?> type) throws ReflectiveOperationException {
        Method isClosed = type.getMethod("isClosed");
        Method cut = type.getDeclaredMethod("closeConnection");
        cut.setAccessible(true);
        return (session, remote) -> {
            abnormally(session);
            if (!(boolean) isClosed.invoke(session)) {
                cut.invoke(session);
            }
        };
    }

    private static HardClose jetty(Class<?> type) throws ReflectiveOperationException {
        Method coreSession = type.getMethod("getCoreSession");
        Method abort = coreSession.getReturnType().getMethod("abort");
        return (session, remote) -> abort.invoke(coreSession.invoke(session));
    }

    private static HardClose undertow(Class<?> type) throws ReflectiveOperationException {
        Method forceClose = type.getMethod("forceClose");
        return (session, remote) -> forceClose.invoke(session);
    }

    private static void abnormally(Session session) throws IOException {
        session.close(new CloseReason(CloseCodes.UNEXPECTED_CONDITION, ""));
    }

    /** The portable best: closes and lets the idle timeout, if it still runs, do the rest. */
    private static void impatiently(Session session) throws IOException {
        abnormally(session);
        session.setMaxIdleTimeout(1);
    }
}
