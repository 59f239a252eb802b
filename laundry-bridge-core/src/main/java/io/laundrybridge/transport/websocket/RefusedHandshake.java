package io.laundrybridge.transport.websocket;

import io.laundrybridge.transport.servlet.RawQuery;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a handshake. {@code jakarta.websocket} has no way to choose a status where the host header is known, so each
 * container is refused in its own words: Tyrus' response takes the status, Jetty honours its own exception, and the
 * others answer 500 to any exception, unless {@link io.laundrybridge.transport.servlet.OriginFilter} stood before them.
 */
final class RefusedHandshake {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedHandshake.class);

    private RefusedHandshake() {}

    /** Why a handshake is refused. */
    enum Why {
        ORIGIN(403, "Forbidden", "This page may not connect; the server's log names the setting"),
        QUERY(400, "Bad Request", RawQuery.CURE);

        private final int status;
        private final String phrase;
        private final String reason;

        Why(int status, String phrase, String reason) {
            this.status = status;
            this.phrase = phrase;
            this.reason = reason;
        }
    }

    /** Sets the status or throws; the connection is not opened either way. */
    static void refuse(Why why, HandshakeRequest request, HandshakeResponse response) {
        if (!refusedByStatus(why, response)) {
            throw refusedByException(why, request);
        }
    }

    private static boolean refusedByStatus(Why why, HandshakeResponse response) {
        if (!response.getClass().getName().startsWith("org.glassfish.tyrus.")) {
            return false;
        }
        try {
            Class<?> type = response.getClass();
            type.getMethod("setStatus", int.class).invoke(response, why.status);
            type.getMethod("setReasonPhrase", String.class).invoke(response, why.phrase);
            response.getHeaders().clear();
            response.getHeaders().put("Content-Length", List.of("0")); // or clients would wait for a body
            response.getHeaders().put("Connection", List.of("close"));
            return true;
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            LOG.debug("Tyrus' response takes no status", otherVersion);
            return false;
        }
    }

    private static RuntimeException refusedByException(Why why, HandshakeRequest request) {
        Class<?> container = request.getClass();
        try {
            if (container.getName().startsWith("org.eclipse.jetty.")) {
                return jettyException(why, container.getClassLoader());
            }
        } catch (ReflectiveOperationException | LinkageError otherVersion) {
            LOG.debug("Jetty has no exception for a status", otherVersion);
        }
        return new SecurityException(why.reason);
    }

    private static RuntimeException jettyException(Why why, ClassLoader container) throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.eclipse.jetty.http.HttpException$RuntimeException", true, container);
        return (RuntimeException) type.getConstructor(int.class, String.class).newInstance(why.status, why.reason);
    }
}
