package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.servlet.EndpointSetup;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import java.util.Set;

/** The application of a servlet container: the sink's endpoint, the check of origins in front of it, and the files. */
final class Application implements ServletContainerInitializer {
    private final WebSocketSink sink;
    private final List<StaticFiles> files;

    Application(WebSocketSink sink, List<StaticFiles> files) {
        this.sink = sink;
        this.files = files;
    }

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) {
        EndpointSetup.register(context, sink);
        ServletRegistration.Dynamic served = context.addServlet("files", new FileServlet(files));
        served.setAsyncSupported(true);
        served.addMapping("/");
    }
}
