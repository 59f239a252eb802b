package io.laundrybridge.transport.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds how frames are handed to a container: its own way where that was measured to cost less, else the portable one. Each
 * way is looked up by reflection, once a class of sessions; whatever fails then or later is said once, and the portable way
 * goes on. Thread-safe.
 */
final class FrameWriters {
    private static final Logger LOG = LoggerFactory.getLogger(FrameWriters.class);
    private static final Way PORTABLE = (session, remote, portable) -> portable;

    /** The containers that are known. */
    static final FrameWriters KNOWN = new FrameWriters(FrameWriters::find, LOG);

    private final Finder finder;
    private final Logger log;
    /** Not a ClassValue: that would tie this application's loader to the container's class for good. */
    private final Map<Class<?>, Way> bySession = new ConcurrentHashMap<>();

    FrameWriters(Finder finder, Logger log) {
        this.finder = finder;
        this.log = log;
    }

    /** Makes the writers of one container's sessions. */
    @FunctionalInterface
    interface Way {
        FrameWriter writer(Session session, RemoteEndpoint.Async remote, FrameWriter portable) throws Throwable;
    }

    /** Finds a container's way. */
    @FunctionalInterface
    interface Finder {
        Way find(Class<?> session, Class<?> remote) throws Throwable;
    }

    /** The writer of {@code session}; {@code portable} is the one that always goes. */
    FrameWriter of(Session session, RemoteEndpoint.Async remote, FrameWriter portable) {
        if (!session.getNegotiatedExtensions().isEmpty()) {
            return portable; // an extension has to see every frame
        }
        Class<?> type = session.getClass();
        try {
            Way way = bySession.get(type);
            if (way == null) {
                way = finder.find(type, remote.getClass());
                bySession.put(type, way);
            }
            return way.writer(session, remote, portable);
        } catch (Throwable otherVersion) { // linkage errors too: nothing that a container changed may cost a session
            giveUp(type, otherVersion);
            return portable;
        }
    }

    /** From now on sessions of this class go the portable way. */
    void giveUp(Class<?> session, Throwable reason) {
        if (bySession.put(session, PORTABLE) == PORTABLE) {
            return;
        }
        if (reason instanceof NoClassDefFoundError) {
            log.info(hidden(session.getName(), reason.getMessage()));
        } else {
            log.warn(session.getName() + " " + session.getPackage().getImplementationVersion() + " is not as expected ("
                    + reason + "): frames go out by the portable way, which costs more");
        }
    }

    /** The container is as expected, and its server does not show its classes to applications. */
    private static String hidden(String session, @Nullable String missing) {
        String cure = session.startsWith("io.undertow.")
                ? "; in WildFly, WEB-INF/jboss-deployment-structure.xml with the modules io.undertow.core,"
                        + " io.undertow.websocket, org.jboss.xnio and org.jboss.xnio.nio shows them"
                : "";
        return "The server hides the classes below " + session + " (" + missing
                + ") from this application: frames go out by the portable way, which costs more" + cure;
    }

    private static Way find(Class<?> session, Class<?> remote) throws ReflectiveOperationException {
        String container = session.getName();
        if (container.startsWith("org.apache.tomcat.")) {
            return TomcatSockets.of(remote);
        }
        if (container.startsWith("org.glassfish.tyrus.")) {
            return TyrusWriters.of(session);
        }
        if (container.startsWith("io.undertow.")) {
            return UndertowWriters.of(session);
        }
        return PORTABLE;
    }
}
