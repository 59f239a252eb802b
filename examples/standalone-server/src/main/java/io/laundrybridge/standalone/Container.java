package io.laundrybridge.standalone;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.session.WebSocketSink;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The servers to choose from. Tyrus comes with this module. An application that wants another one adds it; only the
 * classes of the chosen one are loaded.
 */
public enum Container {
    /** Tyrus on Grizzly. */
    TYRUS {
        @Override
        WebServer server(String host, int port, WebSocketSink sink, Site site) {
            return new TyrusServer(host, port, sink, site);
        }
    },
    /** Embedded Tomcat. */
    TOMCAT {
        @Override
        WebServer server(String host, int port, WebSocketSink sink, Site site) {
            return new TomcatServer(host, port, sink, site);
        }
    },
    /** Embedded Jetty. */
    JETTY {
        @Override
        WebServer server(String host, int port, WebSocketSink sink, Site site) {
            return new JettyServer(host, port, sink, site);
        }
    },
    /** Embedded Undertow. */
    UNDERTOW {
        @Override
        WebServer server(String host, int port, WebSocketSink sink, Site site) {
            return new UndertowServer(host, port, sink, site);
        }
    };

    abstract WebServer server(String host, int port, WebSocketSink sink, Site site);

    /**
     * Returns the container of that name.
     *
     * @throws SettingException if there is none; the message lists the existing ones
     */
    public static Container named(String name) {
        return Arrays.stream(values())
                .filter(container -> container.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new SettingException(
                        "--server",
                        "--server is '" + name + "'; expected one of "
                                + Arrays.stream(values())
                                        .map(Container::toString)
                                        .collect(Collectors.joining(", "))));
    }

    /** Returns the name in {@code --server=}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
