package io.laundrybridge.transport.websocket.jetty;

import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.HardCloses;
import io.laundrybridge.transport.websocket.container.Refusal;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The adapter of Jetty, embedded or not. Jetty upgrades before filters run. */
public final class JettyAdapter implements ContainerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(JettyAdapter.class);

    /** The user properties in which Jetty stores the addresses of the socket. */
    private static final String REMOTE = "jakarta.websocket.endpoint.remoteAddress";

    private static final String LOCAL = "jakarta.websocket.endpoint.localAddress";

    @Override
    public boolean owns(Class<?> type) {
        return type.getName().startsWith("org.eclipse.jetty.");
    }

    /** {@inheritDoc} Before 12.1 flushers are different inside, and frames go out through the API. */
    @Override
    public FrameWriters writers(Class<?> session, Class<?> remote) {
        try {
            return JettyWriters.ofSessions(session);
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            LOG.debug("{} has another kind of flusher: frames go out through the API", session, otherVersion);
            return FrameWriters.PORTABLE;
        }
    }

    @Override
    public HardCloses hardCloses(Class<?> session) throws ReflectiveOperationException {
        Method coreSession = session.getMethod("getCoreSession");
        Method abort = coreSession.getReturnType().getMethod("abort");
        return opened -> () -> abort.invoke(coreSession.invoke(opened.session()));
    }

    /** Throws Jetty's own exception, which carries the status. */
    @Override
    public void refuse(Refusal refusal, HandshakeRequest request, HandshakeResponse response) {
        try {
            throw exception(refusal, request.getClass().getClassLoader());
        } catch (ReflectiveOperationException | LinkageError otherVersion) {
            LOG.debug("Jetty has no exception for a status", otherVersion);
            ContainerAdapter.super.refuse(refusal, request, response);
        }
    }

    private static RuntimeException exception(Refusal refusal, ClassLoader container)
            throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.eclipse.jetty.http.HttpException$RuntimeException", true, container);
        return (RuntimeException)
                type.getConstructor(int.class, String.class).newInstance(refusal.status(), refusal.reason());
    }

    @Override
    public Connection connection(HandshakeRequest request, Map<String, Object> properties, boolean secure) {
        return new Connection(address(properties.get(REMOTE)), address(properties.get(LOCAL)), secure);
    }

    private static @Nullable String address(@Nullable Object socket) {
        return socket instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : null;
    }
}
