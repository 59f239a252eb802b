package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.servlet.OriginFilter;
import io.laundrybridge.transport.websocket.WebSocketEndpoints;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.websocket.server.ServerContainer;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a servlet container runs: the sink's endpoint, the check of origins in front of it, and the files. */
final class Application implements ServletContainerInitializer {
    private final WebSocketSink sink;
    private final List<StaticFiles> files;

    Application(WebSocketSink sink, List<StaticFiles> files) {
        this.sink = sink;
        this.files = files;
    }

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) {
        Object container = context.getAttribute(ServerContainer.class.getName());
        WebSocketEndpoints.register(
                (ServerContainer) Objects.requireNonNull(container, "WebSockets come before the application"), sink);
        FilterRegistration.Dynamic origins = context.addFilter("origins", new OriginFilter(sink::admits));
        origins.setAsyncSupported(true);
        origins.addMappingForUrlPatterns(null, false, sink.path());
        ServletRegistration.Dynamic served = context.addServlet("files", new FileServlet(files));
        served.setAsyncSupported(true);
        served.addMapping("/");
    }
}
