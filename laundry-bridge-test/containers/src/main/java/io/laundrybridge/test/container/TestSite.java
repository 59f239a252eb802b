package io.laundrybridge.test.container;

import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.util.Optional;

/** The content of a test server: endpoints, filters, servlets and pages. */
public interface TestSite {

    /** Opens the endpoints in a server without servlets. */
    void open(ServerContainer container);

    /** Registers endpoints, filters and servlets while the application of a servlet container starts. */
    void register(ServletContext application);

    /**
     * Returns the page that a server without servlets serves as {@code /laundry-bridge/name}; empty if there is none.
     */
    Optional<Page> page(String name);

    /** A page to serve. */
    record Page(String contentType, byte[] content) {}
}
