package io.laundrybridge.transport.websocket;

import io.laundrybridge.test.container.TestSite;
import io.laundrybridge.transport.ClientFile;
import io.laundrybridge.transport.servlet.EndpointSetup;
import io.laundrybridge.transport.servlet.OriginFilter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One endpoint, the origin filter in front of it, and the browser client.
 *
 * @param path the endpoint's path
 * @param endpoint opens the endpoint
 * @param admission decides which clients may connect
 */
record Deployment(String path, Consumer<ServerContainer> endpoint, OriginFilter.Admission admission)
        implements TestSite {

    /** The endpoint of an acceptor, whose rules the filter asks. */
    static Deployment of(RecordingAcceptor acceptor) {
        return new Deployment(
                acceptor.path(), container -> WebSocketEndpoints.register(container, acceptor), acceptor::admits);
    }

    @Override
    public void open(ServerContainer container) {
        endpoint.accept(container);
    }

    @Override
    public void register(ServletContext application) {
        endpoint.accept((ServerContainer) application.getAttribute(ServerContainer.class.getName()));
        FilterRegistration.Dynamic filter = application.addFilter("origin of " + path, new OriginFilter(admission));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(null, false, path);
        EndpointSetup.registerBrowserClient(application);
    }

    @Override
    public Optional<Page> page(String name) {
        return ClientFile.named(name).map(file -> new Page(file.contentType(), file.content()));
    }
}
