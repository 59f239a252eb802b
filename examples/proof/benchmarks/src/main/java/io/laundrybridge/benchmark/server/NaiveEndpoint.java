package io.laundrybridge.benchmark.server;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;

/** The endpoint of every tutorial: keeps the sessions in a set and sends each event to each of them. */
public final class NaiveEndpoint extends Endpoint {
    private final Set<Session> sessions;

    private NaiveEndpoint(Set<Session> sessions) {
        this.sessions = sessions;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(0);
        sessions.add(session);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        sessions.remove(session);
    }

    @Override
    public void onError(Session session, Throwable failure) {
        sessions.remove(session);
    }

    /** The open sessions, and the way to send to them. */
    static final class OpenSessions {
        private final Set<Session> sessions = new CopyOnWriteArraySet<>();
        private final BiConsumer<Session, String> send;

        private OpenSessions(BiConsumer<Session, String> send) {
            this.send = send;
        }

        /** {@code async} or {@code basic}. */
        static OpenSessions reachedBy(String remote) {
            return new OpenSessions(
                    switch (remote) {
                        case "async" -> NaiveEndpoint::sendAsync;
                        case "basic" -> NaiveEndpoint::sendBasic;
                        default -> throw new IllegalArgumentException("No remote " + remote + "; async or basic");
                    });
        }

        void send(String text) {
            for (Session session : sessions) {
                send.accept(session, text);
            }
        }

        /**
         * Returns its endpoint, with {@code extension} for clients that offer it and without any other, in every
         * container.
         */
        ServerEndpointConfig endpoint(String extension) {
            return ServerEndpointConfig.Builder.create(NaiveEndpoint.class, "/naive")
                    .configurator(new Own(sessions, extension))
                    .build();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as the tutorials do
    private static void sendAsync(Session session, String text) {
        try {
            session.getAsyncRemote().sendText(text);
        } catch (IllegalStateException e) {
            // Closed meanwhile; in Tomcat also if the previous send has not ended. The event is lost for this session.
        }
    }

    private static void sendBasic(Session session, String text) {
        try {
            synchronized (session) {
                session.getBasicRemote().sendText(text);
            }
        } catch (IOException | IllegalStateException e) {
            // Closed meanwhile.
        }
    }

    /** Overrides everything: with several containers in one class path, defaults could come from the wrong one. */
    private static final class Own extends ServerEndpointConfig.Configurator {
        private final Set<Session> sessions;
        private final String extension;

        Own(Set<Session> sessions, String extension) {
            this.sessions = sessions;
            this.extension = extension;
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return "";
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return requested.stream()
                    .filter(offer -> offer.getName().equals(extension))
                    .limit(1)
                    .toList();
        }

        @Override
        public <T> T getEndpointInstance(Class<T> endpointClass) {
            return endpointClass.cast(new NaiveEndpoint(sessions));
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            // unchanged
        }
    }
}
