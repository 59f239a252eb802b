package io.laundrybridge.transport.websocket;

import static io.laundrybridge.config.BridgeSettings.PATH;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.socket.HostSession;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens a sink's WebSocket endpoint in a container. Tomcat, Jetty, Undertow and Tyrus are known; any other needs
 * {@code jakarta.websocket} 2.1.
 *
 * <p>In a servlet container, register {@link io.laundrybridge.transport.servlet.OriginFilter} on the sink's path too.
 * It answers a page of a foreign origin with an exact 403. Without it such a page is still refused, in some containers
 * with 500.
 */
public final class WebSocketEndpoints {

    private WebSocketEndpoints() {}

    /**
     * Opens {@code sink}'s endpoint at its path. Call it before the application has started, from a
     * {@code ServletContextListener} for example.
     *
     * @param container the container of the server
     * @param sink takes the sockets
     * @throws SettingException if the container refuses, for example because the path is taken; Tyrus' own server
     *     reports that only when it starts
     */
    public static void register(ServerContainer container, WebSocketSink sink) {
        register(container, sink, none -> null);
    }

    /**
     * Opens {@code sink}'s endpoint like {@link #register(ServerContainer, WebSocketSink)}, in a host with sessions of
     * its own.
     *
     * @param container the container of the server
     * @param sink takes the sockets
     * @param hostSessions makes the session of the host from what the container reports as HTTP session, which may be
     *     null; null if there is none
     * @throws SettingException if the container refuses
     */
    public static void register(
            ServerContainer container,
            WebSocketSink sink,
            Function<@Nullable Object, @Nullable HostSession> hostSessions) {
        register(container, new SinkAcceptor(sink, hostSessions));
    }

    /**
     * Opens the endpoint of a new sink with default settings at {@code path}. Call it like
     * {@link #register(ServerContainer, WebSocketSink)}.
     *
     * @param container the container of the server
     * @param path the endpoint's path below the application's root, for example {@code /laundry}
     * @return the sink, which any number of bridges may use
     * @throws SettingException if the path is malformed, or the container refuses
     */
    public static WebSocketSink register(ServerContainer container, String path) {
        WebSocketSink sink = WebSocketSink.at(path);
        register(container, sink);
        return sink;
    }

    static void register(ServerContainer container, Acceptor acceptor) {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(BridgeEndpoint.class, acceptor.path())
                .configurator(new BridgeConfigurator(acceptor))
                .subprotocols(acceptor.subprotocols())
                .build();
        try {
            container.addEndpoint(config);
        } catch (DeploymentException refused) {
            throw refusal(acceptor.path(), refused);
        }
    }

    private static SettingException refusal(String path, DeploymentException refused) {
        SettingException error = new SettingException(
                PATH.key(),
                PATH + " is " + path
                        + ", but the container opens no WebSocket endpoint there: " + refused.getMessage()
                        + ". Expected a path that no other endpoint has, registered before the application has"
                        + " started");
        error.initCause(refused);
        return error;
    }
}
