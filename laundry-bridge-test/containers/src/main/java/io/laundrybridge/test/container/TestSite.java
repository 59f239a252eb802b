package io.laundrybridge.test.container;

import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.util.Optional;

/** What a test server serves: endpoints, and what stands beside them. */
public interface TestSite {

    /** Opens the endpoints in a server without servlets. */
    void open(ServerContainer container);

    /** Registers endpoints, filters and servlets while the application of a servlet container starts. */
    void register(ServletContext application);

    /** What a server without servlets serves as {@code /laundry-bridge/name}; empty if there is no such page. */
    Optional<Page> page(String name);

    /** A page to serve. */
    record Page(String contentType, byte[] content) {}
}
