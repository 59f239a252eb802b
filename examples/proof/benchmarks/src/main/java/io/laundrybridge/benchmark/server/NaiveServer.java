package io.laundrybridge.benchmark.server;

import io.laundrybridge.benchmark.process.Arguments;
import io.laundrybridge.benchmark.process.Tether;
import jakarta.websocket.server.ServerEndpointConfig;

/** The naive endpoint in one of the four containers. */
public final class NaiveServer {
    private NaiveServer() {}

    public static void main(String[] arguments) throws Exception {
        Tether.hold();
        Arguments given = new Arguments(arguments);
        NaiveEndpoint.OpenSessions sessions = NaiveEndpoint.OpenSessions.reachedBy(given.text("remote"));
        int port = start(given.text("container"), sessions.endpoint(given.text("extension", "")));
        new Fanout(given.text("brokers"), given.text("topic"), sessions::send).start();
        System.out.println("naive: ws://127.0.0.1:" + port + "/naive");
    }

    private static int start(String container, ServerEndpointConfig endpoint) throws Exception {
        return switch (container) {
            case "tyrus" -> TyrusHost.start(endpoint);
            case "tomcat" -> TomcatHost.start(endpoint);
            case "jetty" -> JettyHost.start(endpoint);
            case "undertow" -> UndertowHost.start(endpoint);
            default -> throw new IllegalArgumentException("No container " + container);
        };
    }
}
