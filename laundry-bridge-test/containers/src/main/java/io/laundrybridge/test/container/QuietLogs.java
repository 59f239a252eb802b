package io.laundrybridge.test.container;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Limits the containers' own logging to errors. */
final class QuietLogs {
    /** Held: the JDK forgets the level of a logger without references. */
    private static final List<Logger> CONTAINERS = List.of(
            Logger.getLogger("org.apache.catalina"),
            Logger.getLogger("org.apache.coyote"),
            Logger.getLogger("org.apache.tomcat"),
            Logger.getLogger("org.glassfish.grizzly"),
            Logger.getLogger("org.glassfish.tyrus"));

    private QuietLogs() {}

    static void severeOnly() {
        CONTAINERS.forEach(logger -> logger.setLevel(Level.SEVERE));
    }
}
