package io.laundrybridge.transport.websocket;

import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.transport.InboundGate;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint of one connection, which the container calls. Public because some containers reflect on it; not for
 * applications.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("InvalidBlockTag") // Javadoc hides types too
public final class BridgeEndpoint extends Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeEndpoint.class);
    private static final RateLimitedLog FAILURES = new RateLimitedLog(LOG, System::nanoTime);
    /**
     * Switches idle timeouts off, because sessions check liveness. 0 works everywhere but in Tyrus, which then runs a
     * timer per send.
     */
    private static final long NO_IDLE_TIMEOUT = -1;

    private final Acceptor acceptor;
    private final InboundGate inbound = new InboundGate();
    private volatile @Nullable JakartaTransport transport;

    BridgeEndpoint(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(NO_IDLE_TIMEOUT);
        JakartaTransport opened = new JakartaTransport(session, acceptor.transport());
        transport = opened;
        if (session.getUserProperties().remove(BridgeConfigurator.HANDSHAKE) instanceof Handshake handshake) {
            // Handlers come first: the sink may close the session at once, and a closed one takes no handlers.
            listen(session);
            accept(handshake, opened);
        } else {
            LOG.error("The container opened a connection whose handshake was refused; closing it");
            opened.closeUnwatched(CloseCode.POLICY.code(), "handshake refused");
        }
    }

    private void listen(Session session) {
        session.addMessageHandler(String.class, (part, last) -> inbound.deliver(one -> one.text(part, last)));
        session.addMessageHandler(ByteBuffer.class, (part, last) -> inbound.deliver(Inbound::binary));
        session.addMessageHandler(PongMessage.class, pong -> inbound.deliver(Inbound::pong));
    }

    private void accept(Handshake handshake, JakartaTransport opened) {
        try {
            inbound.open(acceptor.accept(handshake, opened), opened);
        } catch (Throwable broken) {
            FAILURES.warn("A session could not be opened; it is closed with 1011", broken);
            opened.closeUnwatched(CloseCode.SERVER_ERROR.code(), "internal error");
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        inbound.closed();
        JakartaTransport gone = transport;
        transport = null;
        if (gone != null) {
            gone.gone();
        }
    }

    /** Logs a failure of the socket, which is ordinary in a network. The close that follows reports it again. */
    @Override
    public void onError(Session session, Throwable error) {
        LOG.debug("Session {} failed", session.getId(), error);
        inbound.closed();
    }
}
