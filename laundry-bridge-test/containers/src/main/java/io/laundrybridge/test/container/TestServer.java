package io.laundrybridge.test.container;

import jakarta.websocket.server.ServerContainer;
import java.net.URI;

/** A web server on 127.0.0.1, started for a test. */
public interface TestServer extends AutoCloseable {

    /** Returns the port it listens on. */
    int port();

    /** Its container of endpoints. */
    ServerContainer container();

    /** Returns the WebSocket address of {@code pathAndQuery}, which begins with a slash. */
    default URI wsUri(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
    }

    /** Returns the HTTP address of {@code pathAndQuery}, which begins with a slash. */
    default URI httpUri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    /** Stops the server; open sockets are cut. */
    @Override
    void close();
}
