package io.laundrybridge.benchmark.server;

import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat, embedded, with its defaults; connections are not limited below what the workloads open. */
final class TomcatHost {
    private TomcatHost() {}

    static int start(ServerEndpointConfig endpoint) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("benchmark-tomcat").toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxConnections", "20000");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(new Deployment(endpoint), null);
        tomcat.start();
        return connector.getLocalPort();
    }
}
