package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.ExpandWar;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat, embedded. */
final class TomcatServer implements WebServer {
    /**
     * The bytes of each of a connection's buffers, which Tomcat makes for every connection and keeps until it ends. By
     * default they are 64 KiB together, and a storm of connections leaves most of the collector's work. What clients
     * send is short, and frames go past these buffers.
     */
    private static final String BUFFER = "2048";

    /** Tomcat's name of the size of two buffers that no parameter sets. */
    private static final String COMMON = "org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE";

    static {
        if (System.getProperty(COMMON) == null) {
            System.setProperty(COMMON, BUFFER); // read once, by the class of the first connection
        }
    }

    private final Tomcat tomcat = new Tomcat();
    private final Application application;
    private final Connector connector;

    TomcatServer(String host, int port, WebSocketSink sink, Site site) {
        application = new Application(sink, site);
        connector = new Connector(new Http11NioProtocol(new PacedEndpoint(new Arrivals(sink))));
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        connector.setProperty("address", host);
        connector.setProperty("acceptCount", Integer.toString(BACKLOG));
        connector.setProperty("maxThreads", Integer.toString(THREADS));
        connector.setProperty("minSpareThreads", Integer.toString(THREADS));
        connector.setProperty("socket.appReadBufSize", BUFFER);
        connector.setProperty("socket.appWriteBufSize", BUFFER);
        connector.setProperty("maxConnections", "-1"); // sessions have their own limit
    }

    /** Accepts connections at the pace of the sink, on its thread for that. */
    private static final class PacedEndpoint extends NioEndpoint {
        private final Arrivals arrivals;

        private PacedEndpoint(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        protected SocketChannel serverSocketAccept() throws Exception {
            SocketChannel accepted = super.serverSocketAccept();
            arrivals.await();
            return accepted;
        }
    }

    @Override
    public void listen() throws IOException, LifecycleException {
        tomcat.setBaseDir(Files.createTempDirectory("laundry-bridge-tomcat").toString());
        tomcat.setConnector(connector);
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(""); // its page names the software
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        context.setClearReferencesThreadLocals(false); // nothing is deployed again, so there is no leak to search for
        context.setClearReferencesRmiTargets(false);
        context.addParameter("org.apache.tomcat.websocket.textBufferSize", BUFFER);
        context.addParameter("org.apache.tomcat.websocket.binaryBufferSize", BUFFER);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(application, null);
        tomcat.start();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void stop() throws LifecycleException {
        Path scratch = tomcat.getServer().getCatalinaBase().toPath();
        tomcat.stop();
        tomcat.destroy();
        ExpandWar.delete(scratch.toFile());
    }
}
