package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.test.contract.OpenedSockets;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A server with one endpoint, whose sockets come to {@link #sockets}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerContract {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final WebSocketServers container;
    final OpenedSockets sockets = new OpenedSockets();
    final RecordingAcceptor acceptor;
    TestServer server;

    ContainerContract(WebSocketServers container, TransportChoice transport) {
        this.container = container;
        this.acceptor = new RecordingAcceptor("/laundry", transport, sockets);
    }

    @BeforeAll
    void start() {
        server = container.start(Deployment.of(acceptor));
    }

    @BeforeEach
    void forgetSessionsOfOtherTests() {
        sockets.forget();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    URI uri() {
        return server.wsUri("/laundry");
    }
}
