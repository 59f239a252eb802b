package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.testing.Deployment;
import io.laundrybridge.testing.TestServer;
import io.laundrybridge.testing.WebSocketServers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A server with one endpoint, whose sessions come to {@link #acceptor}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerContract {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final WebSocketServers container;
    final RecordingAcceptor acceptor;
    TestServer server;

    ContainerContract(WebSocketServers container, TransportChoice transport) {
        this.container = container;
        this.acceptor = new RecordingAcceptor("/laundry", transport);
    }

    @BeforeAll
    void start() {
        Deployment deployment = new Deployment(
                acceptor.path(), servers -> WebSocketEndpoints.register(servers, acceptor), acceptor::admits);
        server = container.start(List.of(deployment));
    }

    @BeforeEach
    void forgetSessionsOfOtherTests() {
        acceptor.forget();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    URI uri() {
        return server.wsUri("/laundry");
    }
}
