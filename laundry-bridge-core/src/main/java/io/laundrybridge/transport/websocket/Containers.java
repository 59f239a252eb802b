package io.laundrybridge.transport.websocket;

import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.UnknownContainer;
import io.laundrybridge.transport.websocket.jetty.JettyAdapter;
import io.laundrybridge.transport.websocket.tomcat.TomcatAdapter;
import io.laundrybridge.transport.websocket.tyrus.TyrusAdapter;
import io.laundrybridge.transport.websocket.undertow.UndertowAdapter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/** Finds the container to which a session or a request belongs. Thread-safe. */
final class Containers {
    private static final List<ContainerAdapter> KNOWN =
            List.of(new TomcatAdapter(), new JettyAdapter(), new UndertowAdapter(), new TyrusAdapter());

    private static final ContainerAdapter UNKNOWN = new UnknownContainer();

    /**
     * The ways by class of session. A ClassValue would keep this application's loader alive as long as the container's
     * class.
     */
    private static final Map<Class<?>, ContainerWays> BY_SESSION = new ConcurrentHashMap<>();

    private Containers() {}

    /** Returns the adapter of the container that owns the class {@code type}. */
    static ContainerAdapter adapter(Class<?> type) {
        for (ContainerAdapter known : KNOWN) {
            if (known.owns(type)) {
                return known;
            }
        }
        return UNKNOWN;
    }

    /** Returns the ways to write to sessions of class {@code session} and to drop them. */
    static ContainerWays ways(Class<?> session) {
        return BY_SESSION.computeIfAbsent(
                session, type -> new ContainerWays(adapter(type), type, LoggerFactory.getLogger(ContainerWays.class)));
    }
}
