package io.laundrybridge.transport.websocket.tyrus;

import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.HardCloses;
import io.laundrybridge.transport.websocket.container.Refusal;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The adapter of Tyrus: on Grizzly, in GlassFish and Payara, and in other servlet containers. */
public final class TyrusAdapter implements ContainerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(TyrusAdapter.class);

    @Override
    public boolean owns(Class<?> type) {
        return type.getName().startsWith("org.glassfish.tyrus.");
    }

    @Override
    public FrameWriters writers(Class<?> session, Class<?> remote) throws ReflectiveOperationException {
        return TyrusWriters.ofSessions(session);
    }

    @Override
    public HardCloses hardCloses(Class<?> session) throws ReflectiveOperationException {
        return new TyrusHardCloses(TyrusWriters.ofSessions(session));
    }

    /** Sets the status of Tyrus' response. */
    @Override
    public void refuse(Refusal refusal, HandshakeRequest request, HandshakeResponse response) {
        try {
            Class<?> type = response.getClass();
            type.getMethod("setStatus", int.class).invoke(response, refusal.status());
            type.getMethod("setReasonPhrase", String.class).invoke(response, refusal.phrase());
            response.getHeaders().clear();
            response.getHeaders().put("Content-Length", List.of("0")); // or clients would wait for a body
            response.getHeaders().put("Connection", List.of("close"));
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            LOG.debug("Tyrus' response takes no status", otherVersion);
            ContainerAdapter.super.refuse(refusal, request, response);
        }
    }

    @Override
    public Connection connection(HandshakeRequest request, Map<String, Object> properties, boolean secure) {
        return new Connection(
                text(ask(request, "getRemoteAddr")),
                text(ask(request, "getServerAddr")),
                Boolean.TRUE.equals(ask(request, "isSecure")));
    }

    private static @Nullable Object ask(HandshakeRequest request, String method) {
        try {
            return request.getClass().getMethod(method).invoke(request);
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
