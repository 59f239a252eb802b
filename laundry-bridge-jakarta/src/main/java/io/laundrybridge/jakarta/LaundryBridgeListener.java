package io.laundrybridge.jakarta;

import static io.laundrybridge.config.BridgeSettings.PATH;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.config.Settings;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.transport.servlet.EndpointSetup;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the configured channels as long as the application runs. The jar's {@code web-fragment.xml} declares it; an
 * application whose {@code web.xml} is {@code metadata-complete} declares it there.
 *
 * <p><b>Settings</b> come from system properties, then from the environment ({@link
 * io.laundrybridge.config.EnvironmentVariables} says how variables are named), then from {@code
 * META-INF/laundry-bridge.properties} on the class path. The address of Kafka is {@code
 * laundry-bridge.kafka.bootstrap.servers}. Without any setting nothing happens. A wrong setting fails the deployment
 * with a sentence that names its key. A missing Kafka or topic is waited for, unless {@code laundry-bridge.startup} is
 * {@code fail}.
 *
 * <p><b>Code</b>: CDI beans by channel name ({@link ForChannel}), then {@link LaundryBridgeConfigurer}s, change the
 * bridge before it is built.
 *
 * <p><b>What is registered</b>: the endpoint, with its check of origins, at {@code laundry-bridge.path}, the browser
 * client at {@code /laundry-bridge/}, and the filter of {@code laundry-bridge.stamp.channels}. Users and roles are
 * those that the container knows at the handshake.
 *
 * <p><b>Threads</b> come from {@code java:comp/DefaultManagedThreadFactory} if the server has it; otherwise they are
 * the bridge's own daemon threads. All have ended when the application has stopped. Sessions receive {@code bye} and
 * are closed with 1012. When the whole server stops, WildFly, Open Liberty, Jetty and sometimes GlassFish close
 * connections before they stop applications. If the process gets a signal, a shutdown hook says goodbye there too, in
 * a race with the server. Otherwise clients see a broken connection, and reconnect as well.
 */
public final class LaundryBridgeListener implements ServletContextListener {

    /** The attribute of the servlet context that holds the running {@link LaundryBridge}. */
    public static final String ATTRIBUTE = LaundryBridge.class.getName();

    private static final Logger LOG = LoggerFactory.getLogger(LaundryBridgeListener.class);

    /** Called by the container. */
    public LaundryBridgeListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext application = event.getServletContext();
        if (application.getAttribute(ATTRIBUTE) != null) {
            return; // declared twice, by the jar and by the application
        }
        Map<String, String> settings =
                SettingPlaces.of(application.getClassLoader()).read();
        ApplicationCode code = ApplicationCode.of(application.getClassLoader());
        if (settings.isEmpty() && !code.hasServices()) {
            LOG.info("Laundry Bridge has no settings, so it does nothing; {} is the first to set", PATH);
            return;
        }
        HostServices services = HostServices.standard().withThreads(ServerThreads.of(application.getClassLoader()));
        LaundryBridgeBuilder builder =
                LaundryBridge.builder().settings(settings).services(services);
        code.addTo(builder);
        LaundryBridge bridge = builder.build();
        code.built(bridge);
        start(application, bridge, settings);
        application.setAttribute(ProcessEnd.class.getName(), ProcessEnd.stops(bridge));
        LOG.info(
                "Laundry Bridge carries {} channels at {}{}",
                bridge.bridges().size(),
                application.getContextPath(),
                bridge.sink().path());
    }

    /** A start that fails stops everything it began. */
    private static void start(ServletContext application, LaundryBridge bridge, Map<String, String> settings) {
        try {
            register(application, bridge, settings);
            bridge.start();
            application.setAttribute(ATTRIBUTE, bridge);
        } catch (RuntimeException | Error e) {
            bridge.close();
            throw e;
        }
    }

    /** The bridge has stopped by now, unless the start of the application failed after this listener. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (event.getServletContext().getAttribute(ATTRIBUTE) instanceof LaundryBridge bridge) {
            bridge.close();
            event.getServletContext().removeAttribute(ATTRIBUTE);
        }
        if (event.getServletContext().getAttribute(ProcessEnd.class.getName()) instanceof ProcessEnd end) {
            end.forget();
        }
    }

    private static void register(ServletContext application, LaundryBridge bridge, Map<String, String> settings) {
        EndpointSetup.register(application, bridge.sink());
        EndpointSetup.registerStampFilter(application, bridge.sink(), Settings.of(settings));
        EndpointSetup.registerBrowserClient(application);
        application
                .addServlet("laundry-bridge-stop", new StopBeforeSocketsServlet(bridge))
                .setLoadOnStartup(1);
    }
}
