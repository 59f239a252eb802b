package io.laundrybridge.testing;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.test.container.TestSite;
import io.laundrybridge.transport.ClientFile;
import io.laundrybridge.transport.servlet.EndpointSetup;
import io.laundrybridge.transport.websocket.WebSocketEndpoints;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.util.List;
import java.util.Optional;

/** The endpoints of sinks and the browser client, registered as the hosts register them. */
public record SinkSite(List<WebSocketSink> sinks) implements TestSite {

    /** A site of these sinks; without any, of the browser client alone. */
    public static SinkSite of(WebSocketSink... sinks) {
        return new SinkSite(List.of(sinks));
    }

    @Override
    public void open(ServerContainer container) {
        sinks.forEach(sink -> WebSocketEndpoints.register(container, sink));
    }

    @Override
    public void register(ServletContext application) {
        sinks.forEach(sink -> EndpointSetup.register(application, sink));
        EndpointSetup.registerBrowserClient(application);
    }

    @Override
    public Optional<Page> page(String name) {
        return ClientFile.named(name).map(file -> new Page(file.contentType(), file.content()));
    }
}
