package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.container.SelfSigned;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.test.contract.OpenedSockets;
import io.laundrybridge.test.contract.Resending;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that no frame is written below TLS: it would reach the client unencrypted and end the connection. */
class TlsIsNotBypassedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int FRAMES = 50;

    private static SSLContext tls;

    @BeforeAll
    static void makeKey(@TempDir Path folder) throws Exception {
        tls = SelfSigned.in(folder);
    }

    @ParameterizedTest
    @EnumSource(names = {"TYRUS", "UNDERTOW"})
    void framesArriveEncryptedAndWhole(WebSocketServers container) throws Exception {
        OpenedSockets sockets = new OpenedSockets();
        Deployment deployment = Deployment.of(new RecordingAcceptor("/laundry", TransportChoice.AUTO, sockets));
        try (TestServer server = container.start(deployment, tls)) {
            AtomicLong bytes = new AtomicLong();
            WebSocket client = HttpClient.newBuilder()
                    .sslContext(tls)
                    .build()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("wss://127.0.0.1:" + server.port() + "/laundry"), new Counter(bytes))
                    .join();
            JakartaTransport transport =
                    (JakartaTransport) sockets.awaitOpened().transport();
            Resending sends = new Resending(transport, ByteBuffer.wrap(new byte[40_000]), FRAMES);

            assertThat(sends.start().await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(sends.failure()).isNull();
            Await.until("every byte", PATIENCE, () -> bytes.get() == FRAMES * 40_000L);
            assertThat(transport.writer().getClass().getSimpleName()).isNotIn("UndertowWriter", "GrizzlyWriter");
            client.abort();
        }
    }

    /** Anyone on the network can write a page of http. */
    @ParameterizedTest
    @EnumSource(names = {"TYRUS", "UNDERTOW", "JETTY"})
    void aPageOfHttpIsNotTheServersOwn(WebSocketServers container) {
        OpenedSockets sockets = new OpenedSockets();
        Deployment deployment = Deployment.of(new RecordingAcceptor("/laundry", TransportChoice.AUTO, sockets));
        try (TestServer server = container.start(deployment, tls)) {
            String host = "127.0.0.1:" + server.port();
            assertThatThrownBy(() -> open("http://" + host, host))
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(403));
            open("https://" + host, host).abort();
            sockets.awaitOpened();
        }
    }

    private static WebSocket open(String origin, String host) {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create("wss://" + host + "/laundry"), new WebSocket.Listener() {})
                .join();
    }

    private record Counter(AtomicLong bytes) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            bytes.addAndGet(data.remaining());
            socket.request(1);
            return null;
        }
    }
}
