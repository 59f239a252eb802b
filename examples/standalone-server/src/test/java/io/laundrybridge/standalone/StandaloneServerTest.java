package io.laundrybridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.Bridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what every container serves alike. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Container.class)
class StandaloneServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final WebSocketSink sink = WebSocketSink.at("/laundry");
    private final Container container;
    private final StandaloneServer server;

    private final AtomicInteger made = new AtomicInteger();

    StandaloneServerTest(Container container) {
        this.container = container;
        Site site = Site.of(StaticFiles.browserClient(), StaticFiles.at("/", "pages"))
                .page("/health", () -> new Page(503, "application/json", "{\"made\":" + made.incrementAndGet() + "}"))
                .page("/broken", () -> {
                    throw new IllegalStateException("secret");
                });
        this.server = StandaloneServer.start(container, "127.0.0.1", 0, sink, site);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html, A page",
        "/index.html, text/html, A page",
        "/deep/module.js, text/javascript, export",
        "/style.css, text/css, color",
        "/icon.svg, image/svg+xml, <svg",
        "/laundry-bridge/laundry-bridge.js, text/javascript, LaundryBridge",
        "/laundry-bridge/laundry-bridge.src.js, text/javascript, LaundryBridge",
        "/laundry-bridge/laundry-bridge.js.map, application/json, LaundryBridge",
        "/laundry-bridge/laundry-bridge.d.ts, text/plain, LaundryBridge",
    })
    void filesHaveTheTypesThatBrowsersInsistOn(String path, String type, String content) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(found -> assertThat(found).startsWith(type));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.body()).contains(content);
    }

    @Test
    void aPageIsMadeWhenItIsAskedForButAtMostOncePerSecond() throws Exception {
        for (int request = 0; request < 20; request++) {
            HttpResponse<String> answer = get("/health?from=probe");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).matches("\\{\"made\":\\d+}");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
        int before = made.get();
        assertThat(before).isBetween(1, 15);
        String another = "{\"made\":" + (before + 1) + "}";
        while (!get("/health").body().equals(another)) {
            assertThat(made).hasValueLessThanOrEqualTo(before + 1);
        }
    }

    @Test
    void aPageThatCannotBeMadeSaysNothingOfTheReason() throws Exception {
        HttpResponse<String> answer = get("/broken");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("Internal Server Error");
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void pagesOfOtherOriginsMayLoadTheBrowserClientAndNothingElse() throws Exception {
        HttpHeaders client = get("/laundry-bridge/laundry-bridge.js").headers();
        assertThat(client.firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(client.firstValue("Cross-Origin-Resource-Policy")).hasValue("cross-origin");

        HttpHeaders page = get("/deep/module.js").headers();
        assertThat(page.firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(page.firstValue("Cross-Origin-Resource-Policy")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../outside.html",
                "/%2e%2e/outside.html",
                "/deep/..%2f..%2foutside.html",
                "/deep/../../outside.html",
                "/..%5coutside.html",
                "//outside.html",
                "/deep//module.js",
                "/./index.html",
                "/index.html%00.js",
                "/deep",
                "/deep/",
                "/secret.properties",
                "/io/laundrybridge/Bridge.class",
                "/laundry-bridge/",
                "/laundry-bridge/../../pages/index.html",
                "/missing.html",
            })
    void nothingElseIsThere(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(answer.body())
                .doesNotContainIgnoringCase("grizzly")
                .doesNotContainIgnoringCase(container.toString())
                .doesNotContain("not for browsers");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        String tag = get("/style.css").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = HTTP.send(
                HttpRequest.newBuilder(server.pages().resolve("/style.css"))
                        .header("If-None-Match", tag)
                        .build(),
                BodyHandlers.ofString());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void onlyReadingIsAllowed() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(server.pages())
                        .POST(BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void theEndpointCarriesEvents() throws Exception {
        InMemorySource source = InMemorySource.named("machines");
        try (Bridge bridge = Bridge.from(source)
                .channel("machines")
                .access(Access.anonymous())
                .to(sink)) {
            bridge.start();
            CompletableFuture<String> first = new CompletableFuture<>();
            WebSocket socket = HTTP.newWebSocketBuilder()
                    .buildAsync(URI.create(server.endpoint() + "?from=earliest"), new FirstFrame(first))
                    .get(10, TimeUnit.SECONDS);
            source.publish("m-1", "{\"temperature\":60}");

            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("{\"temperature\":60}");
            socket.abort();
        }
    }

    @Test
    void aPageOfAForeignOriginMayNotConnect() throws Exception {
        String request = "GET /laundry HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://elsewhere.example\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 403".length());

            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 403");
        }
    }

    @Test
    void onlyTheAddressAskedForIsBound() {
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress("127.0.0.2", server.port()), 5_000))
                    .isInstanceOf(ConnectException.class);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheOptionThatMendsIt() {
        assertThatThrownBy(() -> StandaloneServer.start(
                        container, "127.0.0.1", server.port(), WebSocketSink.at("/other"), Site.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:" + server.port())
                .hasMessageContaining("--port");
    }

    @Test
    void anAddressOfNoInterfaceIsNamedWithTheOptionThatMendsIt() {
        assertThatThrownBy(
                        () -> StandaloneServer.start(container, "192.0.2.1", 0, WebSocketSink.at("/other"), Site.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("--host");
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private record FirstFrame(CompletableFuture<String> text) implements WebSocket.Listener {

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            return null;
        }
    }
}
