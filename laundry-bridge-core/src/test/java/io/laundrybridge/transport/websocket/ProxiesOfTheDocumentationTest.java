package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laundrybridge.host.AuditEvent;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.session.admission.Admission;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.container.SelfSigned;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.AuditTape;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.ProxyServer;
import io.laundrybridge.testing.SinkSite;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The configurations of {@code docs/proxies.md} pass on what the bridge needs, and nothing that a client made up. */
class ProxiesOfTheDocumentationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final AuditTape tape = new AuditTape();

    @ParameterizedTest
    @EnumSource
    void eventsPassAndForeignPagesAndForgedAddressesDoNot(ProxyServer.Kind kind, @TempDir Path folder)
            throws Exception {
        assumeTrue(kind.program().isPresent(), () -> kind + " is not installed");
        SSLContext tls = SelfSigned.in(folder);
        try (Laundry laundry = laundry();
                TestServer first = WebSocketServers.TOMCAT.start(SinkSite.of(laundry.sink()));
                TestServer second = WebSocketServers.JETTY.start(SinkSite.of(laundry.sink()));
                ProxyServer proxy = ProxyServer.start(kind, folder, List.of(first.port(), second.port()));
                Page page = Page.open(proxy, tls, proxy.origin())) {
            page.await("\"welcome\"").say("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}");
            page.await("\"op\":\"live\"");
            laundry.publish(0, 1);
            page.await("{\"n\":0}");
            AuditEvent.Client seen = tape.await(AuditEvent.Kind.SUBSCRIBE).client();
            assertThat(seen.address()).isEqualTo("127.0.0.1");
            assertThat(seen.origin()).isEqualTo(proxy.origin());

            assertThatThrownBy(() -> Page.open(proxy, tls, "https://evil.example"))
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(403));
            assertThat(clientFile(proxy, tls)).isEqualTo(200);

            long since = System.nanoTime();
            int before = page.count("\"op\":\"beat\"");
            Await.until(
                    "beats, longer than the time-out of the proxy",
                    PATIENCE,
                    () -> System.nanoTime() - since > Duration.ofMillis(2_500).toNanos());
            assertThat(page.count("\"op\":\"beat\"")).isGreaterThan(before);
            laundry.publish(1, 1);
            page.await("{\"n\":1}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatIsGoneIsPassedOver(ProxyServer.Kind kind, @TempDir Path folder) throws Exception {
        assumeTrue(kind.program().isPresent(), () -> kind + " is not installed");
        SSLContext tls = SelfSigned.in(folder);
        int gone;
        try (TestServer stopped = WebSocketServers.TOMCAT.start(SinkSite.of())) {
            gone = stopped.port();
        }
        try (Laundry laundry = laundry();
                TestServer other = WebSocketServers.TOMCAT.start(SinkSite.of(laundry.sink()));
                ProxyServer proxy = ProxyServer.start(kind, folder, List.of(gone, other.port()))) {
            for (int i = 0; i < 4; i++) {
                try (Page page = Page.open(proxy, tls, proxy.origin())) {
                    page.await("\"welcome\"");
                }
            }
        }
    }

    private Laundry laundry() {
        HostServices services = HostServices.standard().withAudit(tape);
        return Laundry.open(
                channel -> channel,
                sink -> sink.services(services)
                        .heartbeat(Duration.ofMillis(400))
                        .admission(Admission.of(List.of(), List.of(), List.of("127.0.0.1"))));
    }

    private static int clientFile(ProxyServer proxy, SSLContext tls) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.origin() + "/laundry-bridge/laundry-bridge.js"))
                .build();
        return http(tls).send(request, BodyHandlers.discarding()).statusCode();
    }

    private static HttpClient http(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    /** A page that answers beats, and that lies about its address. */
    private static final class Page implements WebSocket.Listener, AutoCloseable {
        private volatile String received = "";
        private @Nullable WebSocket socket;

        static Page open(ProxyServer proxy, SSLContext tls, String origin) {
            Page page = new Page();
            page.socket = http(tls)
                    .newWebSocketBuilder()
                    .header("Origin", origin)
                    .header("X-Forwarded-For", "6.6.6.6")
                    .header("X-Forwarded-Host", "evil.example")
                    .header("Forwarded", "for=6.6.6.6;host=evil.example")
                    .subprotocols("laundry-bridge.v1")
                    .buildAsync(proxy.wsUri("/laundry"), page)
                    .join();
            return page;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            String text = StandardCharsets.UTF_8.decode(data).toString();
            received = received.concat(text); // calls come one at a time
            @Nullable CompletionStage<?> answered = null;
            for (String line : text.lines().toList()) {
                if (line.contains("\"op\":\"beat\"")) {
                    answered = from.sendText(line, true);
                }
            }
            from.request(1);
            return answered;
        }

        Page await(String part) {
            Await.until(part, PATIENCE, () -> received.contains(part));
            return this;
        }

        int count(String part) {
            return received.split(Pattern.quote(part), -1).length - 1;
        }

        void say(String line) {
            Objects.requireNonNull(socket).sendText(line, true).join();
        }

        @Override
        public void close() {
            Objects.requireNonNull(socket).abort();
        }
    }
}
