package io.laundrybridge.jakarta;

import io.laundrybridge.test.host.HostUnderTest;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** An embedded Tomcat with a web application that has only the jar. */
final class TomcatHost {
    /** Held: the JDK forgets the level of a logger without references. */
    private static final Logger LOGS = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final StandardContext context;

    private TomcatHost(Path folder) {
        LOGS.setLevel(Level.SEVERE);
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        tomcat.setAddDefaultWebXmlToWebapp(false);
        context = (StandardContext)
                tomcat.addWebapp("", WebApplicationFolder.in(folder).toString());
        context.setParentClassLoader(TomcatHost.class.getClassLoader());
        // The class path has other containers too; they must not start in this one.
        context.setContainerSciFilter("jetty");
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        context.setJarScanner(scanner);
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    }

    static TomcatHost in(Path folder) {
        return new TomcatHost(folder);
    }

    TomcatHost start() throws LifecycleException {
        tomcat.start();
        return this;
    }

    StandardContext context() {
        return context;
    }

    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    HostUnderTest underTest() {
        return new HostUnderTest(tomcat.getConnector().getLocalPort(), this::stop);
    }
}
