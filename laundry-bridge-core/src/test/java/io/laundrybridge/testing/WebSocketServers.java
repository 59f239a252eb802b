package io.laundrybridge.testing;

import io.laundrybridge.session.WebSocketSink;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The containers that tests run in, each on a free port of 127.0.0.1. */
public enum WebSocketServers {
    /** Tyrus on Grizzly: no servlets, so neither filter nor servlet. */
    TYRUS {
        @Override
        public TestServer start(List<Deployment> deployments) {
            return TyrusTestServer.start(deployments);
        }

        @Override
        public TestServer start(List<Deployment> deployments, SSLContext tls) {
            return TyrusTestServer.start(deployments, tls);
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

        @Override
        public TestServer start(List<Deployment> deployments, SSLContext tls) {
            return JettyTestServer.start(deployments, tls);
        }
    },
    /** Embedded Undertow. */
    UNDERTOW {
        @Override
        public TestServer start(List<Deployment> deployments) {
            return UndertowTestServer.start(deployments);
        }

        @Override
        public TestServer start(List<Deployment> deployments, SSLContext tls) {
            return UndertowTestServer.start(deployments, tls);
        }
    };

    /** Starts a server with these endpoints, the origin filter on each, and the browser client's files. */
    public abstract TestServer start(List<Deployment> deployments);

    /** The same behind TLS, where frames have to take another way then. */
    public TestServer start(List<Deployment> deployments, SSLContext tls) {
        throw new UnsupportedOperationException(this + " is not set up with TLS");
    }

    /** Starts a server with the endpoints of {@code sinks}. */
    public TestServer start(WebSocketSink... sinks) {
        return start(Deployment.of(sinks));
    }
}
