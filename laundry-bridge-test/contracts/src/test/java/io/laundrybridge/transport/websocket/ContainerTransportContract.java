package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.test.contract.SocketAcceptor;
import io.laundrybridge.test.contract.TransportContract;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests sockets in every container, with each way to write frames. */
abstract class ContainerTransportContract extends TransportContract {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WebSocketServers container;
    private final TransportChoice transport;
    private final String way;
    private @Nullable TestServer started;

    ContainerTransportContract(WebSocketServers container, TransportChoice transport, String way) {
        this.container = container;
        this.transport = transport;
        this.way = way;
    }

    @Override
    protected URI start(SocketAcceptor sockets) {
        started = container.start(Deployment.of(new RecordingAcceptor("/laundry", transport, sockets)));
        return server().wsUri("/laundry");
    }

    private TestServer server() {
        return Objects.requireNonNull(started);
    }

    @Override
    protected void stop() {
        server().close();
    }

    @Test
    void framesTakeTheWayThatIsMeantForTheContainer() {
        try (RawWsClient client = RawWsClient.to(server().wsUri("/laundry")).connect()) {
            Transport opened = sockets.awaitOpened().transport();

            assertThat(((JakartaTransport) opened).writer().getClass().getSimpleName())
                    .isEqualTo(way);
            assertThat(client.status()).isEqualTo(101);
        }
    }

    /** A server that closes with data unread resets the connection, and the close code is lost (RFC 6455 7.1.1). */
    @Test
    void theConnectionStaysOpenForAClientThatIsStillSending() {
        try (RawWsClient client = RawWsClient.to(server().wsUri("/laundry")).connect()) {
            sockets.awaitOpened().transport().close(4429, "too much");
            RawFrame close = client.readFrame();
            // A promise about time passing: nothing else can show it.
            client.sendTexts("was on its way", Duration.ofMillis(500));
            client.sendFrame(0x80 | RawFrame.CLOSE, close.payload());

            assertThat(close.closeCode()).isEqualTo(4429);
            assertThat(client.readByte()).as("another byte").isFalse();
        }
    }

    @Test
    void theContainersIdleTimeoutDoesNotEndAQuietSession() throws Exception {
        long before = server().container().getDefaultMaxSessionIdleTimeout();
        server().container().setDefaultMaxSessionIdleTimeout(200);
        server().container().setAsyncSendTimeout(200);
        try (WsClient client = WsClient.connect(server().wsUri("/laundry"))) {
            Transport quiet = sockets.awaitOpened().transport();
            // A promise about time passing: nothing else can show it.
            Thread.sleep(1000);
            quiet.send(Frame.text(ByteBuffer.wrap("still here".getBytes(StandardCharsets.UTF_8))), failure -> {});

            client.awaitLine("still here"::equals, PATIENCE);
        } finally {
            server().container().setDefaultMaxSessionIdleTimeout(before);
            server().container().setAsyncSendTimeout(-1);
        }
    }
}
