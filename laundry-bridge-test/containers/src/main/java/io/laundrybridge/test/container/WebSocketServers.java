package io.laundrybridge.test.container;

import javax.net.ssl.SSLContext;

/** The containers that tests run in, each on a free port of 127.0.0.1. */
public enum WebSocketServers {
    /** Tyrus on Grizzly: no servlets, so neither filter nor servlet. */
    TYRUS {
        @Override
        public TestServer start(TestSite site) {
            return TyrusTestServer.start(site);
        }

        @Override
        public TestServer start(TestSite site, SSLContext tls) {
            return TyrusTestServer.start(site, tls);
        }
    },
    /** Embedded Tomcat. */
    TOMCAT {
        @Override
        public TestServer start(TestSite site) {
            return TomcatTestServer.start(site);
        }
    },
    /** Embedded Jetty. */
    JETTY {
        @Override
        public TestServer start(TestSite site) {
            return JettyTestServer.start(site);
        }

        @Override
        public TestServer start(TestSite site, SSLContext tls) {
            return JettyTestServer.start(site, tls);
        }
    },
    /** Embedded Undertow. */
    UNDERTOW {
        @Override
        public TestServer start(TestSite site) {
            return UndertowTestServer.start(site);
        }

        @Override
        public TestServer start(TestSite site, SSLContext tls) {
            return UndertowTestServer.start(site, tls);
        }
    };

    /** Starts a server of this site on a free port of 127.0.0.1. */
    public abstract TestServer start(TestSite site);

    /** Returns the same behind TLS, where frames have to take another way then. */
    public TestServer start(TestSite site, SSLContext tls) {
        throw new UnsupportedOperationException(this + " is not set up with TLS");
    }
}
