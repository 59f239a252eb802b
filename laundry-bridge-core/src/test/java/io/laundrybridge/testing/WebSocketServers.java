package io.laundrybridge.testing;

import io.laundrybridge.session.WebSocketSink;
import java.util.List;

/** The containers that tests run in, each on a free port of 127.0.0.1. */
public enum WebSocketServers {
    /** Tyrus on Grizzly: no servlets, so neither filter nor servlet. */
    TYRUS {
        @Override
        public TestServer start(List<Deployment> deployments) {
            return TyrusTestServer.start(deployments);
        }
    },
    /** Embedded Tomcat. */
    TOMCAT {
        @Override
        public TestServer start(List<Deployment> deployments) {
            return TomcatTestServer.start(deployments);
        }
    },
    /** Embedded Jetty. */
    JETTY {
        @Override
        public TestServer start(List<Deployment> deployments) {
            return JettyTestServer.start(deployments);
        }
    },
    /** Embedded Undertow. */
    UNDERTOW {
        @Override
        public TestServer start(List<Deployment> deployments) {
            return UndertowTestServer.start(deployments);
        }
    };

    /** Starts a server with these endpoints, the origin filter on each, and the browser client's files. */
    public abstract TestServer start(List<Deployment> deployments);

    /** Starts a server with the endpoints of {@code sinks}. */
    public TestServer start(WebSocketSink... sinks) {
        return start(Deployment.of(sinks));
    }
}
