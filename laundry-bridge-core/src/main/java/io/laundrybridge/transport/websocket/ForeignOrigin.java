package io.laundrybridge.transport.websocket;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a handshake. {@code jakarta.websocket} has no way to choose a status where the host header is known, so each
 * container is refused in its own words: Tyrus' response takes the status, Jetty honours its own exception, and the
 * others answer 500 to any exception, unless {@link io.laundrybridge.transport.servlet.OriginFilter} stood before them.
 */
final class ForeignOrigin {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignOrigin.class);
    private static final int FORBIDDEN = 403;
    private static final String REASON =
            "This origin may not connect; laundry-bridge.allowed-origins lists those that may beside the host's own";

    private ForeignOrigin() {}

    /** Sets the status or throws; the connection is not opened either way. */
    static void refuse(HandshakeRequest request, HandshakeResponse response) {
        if (!refusedByStatus(response)) {
            throw refusedByException(request);
        }
    }

    private static boolean refusedByStatus(HandshakeResponse response) {
        if (!response.getClass().getName().startsWith("org.glassfish.tyrus.")) {
            return false;
        }
        try {
            Method setStatus = response.getClass().getMethod("setStatus", int.class);
            setStatus.invoke(response, FORBIDDEN);
            response.getHeaders().clear();
            return true;
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            LOG.debug("Tyrus' response takes no status", otherVersion);
            return false;
        }
    }

    private static RuntimeException refusedByException(HandshakeRequest request) {
        Class<?> container = request.getClass();
        try {
            if (container.getName().startsWith("org.eclipse.jetty.")) {
                return jettyException(container.getClassLoader());
            }
        } catch (ReflectiveOperationException | LinkageError otherVersion) {
            LOG.debug("Jetty has no exception for a status", otherVersion);
        }
        return new SecurityException(REASON);
    }

    private static RuntimeException jettyException(ClassLoader container) throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.eclipse.jetty.http.HttpException$RuntimeException", true, container);
        return (RuntimeException) type.getConstructor(int.class, String.class).newInstance(FORBIDDEN, REASON);
    }
}
