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

/** The containers that are known, and which of them a session or a request belongs to. Thread-safe. */
final class Containers {
    private static final List<ContainerAdapter> KNOWN =
            List.of(new TomcatAdapter(), new JettyAdapter(), new UndertowAdapter(), new TyrusAdapter());

    private static final ContainerAdapter UNKNOWN = new UnknownContainer();

    /** Not a ClassValue: that would tie this application's loader to the container's class for good. */
    private static final Map<Class<?>, ContainerWays> BY_SESSION = new ConcurrentHashMap<>();

    private Containers() {}

    /** Returns the adapter of the container whose class {@code type} is. */
    static ContainerAdapter adapter(Class<?> type) {
        for (ContainerAdapter known : KNOWN) {
            if (known.owns(type)) {
                return known;
            }
        }
        return UNKNOWN;
    }

    /** Returns how the sessions of class {@code session} are written to and dropped. */
    static ContainerWays ways(Class<?> session) {
        return BY_SESSION.computeIfAbsent(
                session, type -> new ContainerWays(adapter(type), type, LoggerFactory.getLogger(ContainerWays.class)));
    }
}
