package io.laundrybridge.standalone;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets the level of the containers' messages in {@code java.util.logging}. */
final class ContainerLogs {
    /** Held, because java.util.logging forgets the level of a logger without references. */
    private static final List<Logger> CONTAINERS = List.of(
            Logger.getLogger("org.glassfish"),
            Logger.getLogger("org.apache.catalina"),
            Logger.getLogger("org.apache.coyote"),
            Logger.getLogger("org.apache.tomcat"),
            Logger.getLogger("io.undertow"),
            Logger.getLogger("org.jboss"),
            Logger.getLogger("org.xnio"));

    private ContainerLogs() {}

    /** Containers print every listener to the console, unless they are configured otherwise. */
    static void quietByDefault() {
        CONTAINERS.stream()
                .filter(logger -> logger.getLevel() == null)
                .forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
