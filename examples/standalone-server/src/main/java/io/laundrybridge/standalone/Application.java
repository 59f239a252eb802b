package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.servlet.EndpointSetup;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Set;

/** The application of a servlet container: the sink's endpoint, the check of origins in front of it, and the site. */
final class Application implements ServletContainerInitializer {
    private final WebSocketSink sink;
    private final Site site;

    Application(WebSocketSink sink, Site site) {
        this.sink = sink;
        this.site = site;
    }

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) {
        EndpointSetup.register(context, sink);
        ServletRegistration.Dynamic served = context.addServlet("site", new SiteServlet(site));
        served.setAsyncSupported(true);
        served.addMapping("/");
    }
}
