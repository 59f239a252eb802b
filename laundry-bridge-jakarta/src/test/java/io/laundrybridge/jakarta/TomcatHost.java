package io.laundrybridge.jakarta;

import io.laundrybridge.test.host.HostUnderTest;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.inject.spi.CDI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** An embedded Tomcat with a web application that has only the jar, unless code is added. */
final class TomcatHost {
    /** Held: the JDK forgets the level of a logger without references. */
    private static final Logger LOGS = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final StandardContext context;

    private TomcatHost(Path folder, Path application, String otherContainers) {
        LOGS.setLevel(Level.SEVERE);
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        tomcat.setAddDefaultWebXmlToWebapp(false);
        context = (StandardContext) tomcat.addWebapp("", application.toString());
        context.setParentClassLoader(TomcatHost.class.getClassLoader());
        // The class path has other containers too; they must not start in this one.
        context.setContainerSciFilter(otherContainers);
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        context.setJarScanner(scanner);
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    }

    static TomcatHost in(Path folder) {
        return of(folder, WebApplicationFolder.in(folder));
    }

    /** Runs {@code application} without CDI. */
    static TomcatHost of(Path folder, Path application) {
        return new TomcatHost(folder, application, "jetty|weld");
    }

    /** Runs {@code application} with Weld, as a Tomcat that has it. */
    static TomcatHost withCdi(Path folder, Path application) {
        return new TomcatHost(folder, application, "jetty");
    }

    TomcatHost start() throws LifecycleException {
        tomcat.start();
        return this;
    }

    StandardContext context() {
        return context;
    }

    /** The application's CDI bean of the class {@code name}. */
    Object select(String name) {
        return inside(() -> CDI.current()
                .select(context.getLoader().getClassLoader().loadClass(name))
                .get());
    }

    /** What SmallRye answers about the application's readiness. */
    String readiness() {
        return inside(() -> CDI.current()
                .select(SmallRyeHealthReporter.class)
                .get()
                .getReadiness()
                .getPayload()
                .toString());
    }

    /** What {@code task} returns with the application's class loader. */
    <T> T inside(Callable<T> task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context.getLoader().getClassLoader());
        try {
            return task.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    HostUnderTest underTest() {
        return new HostUnderTest(tomcat.getConnector().getLocalPort(), this::stop);
    }
}
