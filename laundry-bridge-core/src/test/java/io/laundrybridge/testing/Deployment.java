package io.laundrybridge.testing;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.servlet.OriginFilter;
import io.laundrybridge.transport.websocket.WebSocketEndpoints;
import jakarta.websocket.server.ServerContainer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One endpoint to deploy in a test server, as the hosts deploy it.
 *
 * @param path the endpoint's path
 * @param endpoint opens the endpoint
 * @param admission says who may connect
 */
public record Deployment(String path, Consumer<ServerContainer> endpoint, OriginFilter.Admission admission) {

    /** A sink's endpoint. */
    public static Deployment of(WebSocketSink sink) {
        return new Deployment(sink.path(), container -> WebSocketEndpoints.register(container, sink), sink::admits);
    }

    static List<Deployment> of(WebSocketSink... sinks) {
        return Arrays.stream(sinks).map(Deployment::of).toList();
    }
}
