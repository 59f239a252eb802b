package io.laundrybridge.transport.servlet;

import static io.laundrybridge.config.BridgeSettings.PATH;
import static io.laundrybridge.config.BridgeSettings.STAMP_CHANNELS;
import static io.laundrybridge.config.BridgeSettings.STAMP_PATHS;

import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.transport.websocket.WebSocketEndpoints;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.websocket.server.ServerContainer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers a sink in a servlet container: its WebSocket endpoint, the check of origins in front of it, and the browser
 * client. Call it while the application starts, from a {@code ServletContextListener} or a
 * {@code ServletContainerInitializer}. Every host of the bridge registers by these methods.
 */
public final class EndpointSetup {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointSetup.class);
    private static final String CLIENT_FILES = "/laundry-bridge/*";
    private static final String ALL_OTHER_PATHS = "/";

    private EndpointSetup() {}

    /**
     * Opens {@code sink}'s endpoint at its path, with {@link OriginFilter} in front of it, and a listener for the ends
     * of HTTP sessions. The endpoint comes first:
     * some containers put the filter that upgrades before all filters that exist by then.
     *
     * @param application the context of the application
     * @param sink the sink to register
     * @throws SettingException if the server has no WebSocket container, or the container refuses the endpoint
     */
    public static void register(ServletContext application, WebSocketSink sink) {
        registerEndpoint(application, sink);
        registerOriginFilter(application, sink);
        registerSessionListener(application, sink);
    }

    /**
     * {@return whether the server already has a WebSocket container}
     *
     * @param application the context of the application
     */
    public static boolean hasWebSockets(ServletContext application) {
        return application.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer;
    }

    /**
     * Opens {@code sink}'s endpoint at its path.
     *
     * @param application the context of the application
     * @param sink the sink to register
     * @throws SettingException if the server has no WebSocket container, or the container refuses the endpoint
     */
    public static void registerEndpoint(ServletContext application, WebSocketSink sink) {
        if (!(application.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer container)) {
            throw new SettingException(
                    PATH.key(),
                    PATH + " is " + sink.path()
                            + ", but the server has no WebSocket container (" + application.getServerInfo()
                            + "). Expected its jakarta.websocket module, started before the endpoint is registered");
        }
        WebSocketEndpoints.register(container, sink, HttpHostSession::of);
    }

    /**
     * Registers {@link OriginFilter} on {@code sink}'s path.
     *
     * @param application the context of the application
     * @param sink the sink to register
     */
    public static void registerOriginFilter(ServletContext application, WebSocketSink sink) {
        FilterRegistration.Dynamic filter =
                application.addFilter("laundry-bridge-origin " + sink.path(), new OriginFilter(sink::admits));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(null, false, sink.path());
    }

    /**
     * Registers {@link StampFilter} on the paths of {@code laundry-bridge.stamp.paths}, for the channels of
     * {@code laundry-bridge.stamp.channels}. Without channels it does nothing.
     *
     * @param application the context of the application
     * @param sink the sink that has the channels
     * @param settings the settings of the host
     * @throws SettingException if a setting is wrong, or names a channel that there is not
     */
    public static void registerStampFilter(ServletContext application, WebSocketSink sink, Settings settings) {
        List<String> channels = settings.get(STAMP_CHANNELS);
        if (channels.isEmpty()) {
            return;
        }
        FilterRegistration.Dynamic filter =
                application.addFilter("laundry-bridge-stamp", new StampFilter(sink.stamps(channels)));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(null, false, settings.get(STAMP_PATHS).toArray(String[]::new));
    }

    /**
     * Registers a listener by which the end of an HTTP session ends the login of its sockets.
     *
     * @param application the context of the application
     * @param sink the sink to register
     */
    public static void registerSessionListener(ServletContext application, WebSocketSink sink) {
        application.addListener(new HttpSessionEnds(sink));
    }

    /**
     * Serves the browser client at {@code /laundry-bridge/}, unless the application has something else there.
     *
     * @param application the context of the application
     */
    public static void registerBrowserClient(ServletContext application) {
        ServletRegistration.Dynamic client = application.addServlet("laundry-bridge-client", new ClientServlet());
        client.setAsyncSupported(true);
        if (!client.addMapping(CLIENT_FILES).isEmpty()) {
            LOG.info(
                    "The application has something else at {}, so the browser client is not served there",
                    CLIENT_FILES);
        }
    }

    /**
     * Registers {@link EndpointServlet} at {@code sink}'s path, unless a servlet already answers all other paths. Some
     * containers do not upgrade at a path without a servlet.
     *
     * @param application the context of the application
     * @param sink the sink to register
     */
    public static void registerEndpointServlet(ServletContext application, WebSocketSink sink) {
        boolean mapped = application.getServletRegistrations().values().stream()
                .anyMatch(servlet -> servlet.getMappings().contains(ALL_OTHER_PATHS));
        if (!mapped && !sink.path().equals(ALL_OTHER_PATHS)) {
            application
                    .addServlet("laundry-bridge-endpoint " + sink.path(), new EndpointServlet())
                    .addMapping(sink.path());
        }
    }
}
