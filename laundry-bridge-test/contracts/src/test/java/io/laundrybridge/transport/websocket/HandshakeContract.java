package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.session.admission.Verdict;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.test.contract.OpenedSockets;
import io.laundrybridge.test.contract.OpenedSockets.Opened;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which clients get a socket, what the sink learns of them, and the files beside it, in every container. */
abstract class HandshakeContract extends ContainerContract {
    /** HTTP/1.1 as browsers speak it: offered an upgrade to HTTP/2, Grizzly answers without content type and length. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HandshakeContract(WebSocketServers container) {
        super(container, TransportChoice.AUTO);
    }

    @Test
    void theHandshakeHasSubprotocolsAndTheDecodedQuery() {
        URI uri = server.wsUri("/laundry?channel=machines&key=site-7%2Fm-42&key=a+b%C3%BC&from=&flag");
        try (WsClient client = WsClient.connect(uri, "laundry-bridge.v9", "laundry-bridge.v1")) {
            Opened session = sockets.awaitOpened();

            assertThat(session.handshake().subprotocols()).containsExactly("laundry-bridge.v9", "laundry-bridge.v1");
            assertThat(session.handshake().query())
                    .containsEntry("channel", List.of("machines"))
                    .containsEntry("key", List.of("site-7/m-42", "a bü"))
                    .containsEntry("from", List.of(""))
                    .containsEntry("flag", List.of(""));
            assertThat(session.handshake().caller().anonymous()).isTrue();
            assertThat(session.handshake().caller().roles().test("washer")).isFalse();
            assertThat(client.subprotocol()).isEqualTo("laundry-bridge.v1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "laundry-bridge.v1, laundry-bridge.v1",
        "'soap,laundry-bridge.v1 , mqtt', laundry-bridge.v1",
        "laundry-bridge.v2, ",
        "LAUNDRY-BRIDGE.V1, ",
        "'', "
    })
    void theFullDialectIsNegotiatedAtAnyPlaceInTheListAndNoOtherIs(String requested, String negotiated) {
        String[] header = requested.isEmpty() ? new String[0] : new String[] {requested};
        try (RawWsClient client =
                RawWsClient.to(uri()).header("Sec-WebSocket-Protocol", header).connect()) {
            assertThat(client.status()).isEqualTo(101);
            assertThat(client.responseHeader("Sec-WebSocket-Protocol")).isEqualTo(negotiated);
            sockets.awaitOpened();
        }
    }

    @Test
    void compressionIsNeverNegotiated() {
        try (RawWsClient client = RawWsClient.to(uri())
                .header("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")
                .connect()) {
            assertThat(client.status()).isEqualTo(101);
            assertThat(client.responseHeader("Sec-WebSocket-Extensions")).isNull();

            sockets.awaitOpened().transport().send(Frame.lines(ByteBuffer.wrap(new byte[1000])), failure -> {});
            assertThat(client.readFrame().extended()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:{port}",
        "HTTP://127.0.0.1:{port}",
    })
    void thePageOfTheSameHostIsAdmitted(String origin) {
        try (RawWsClient client = RawWsClient.to(uri())
                .header("Origin", withPort(origin))
                .header("Cookie", "session=1")
                .connect()) {
            assertThat(client.status()).isEqualTo(101);
            sockets.awaitOpened();
        }
    }

    static Stream<Arguments> ownHosts() {
        return Stream.of(
                arguments("LAUNDRY.example", "http://laundry.EXAMPLE"),
                arguments("laundry.example", "http://laundry.example:80"),
                arguments("laundry.example:8443", "http://laundry.example:8443"),
                arguments("laundry.example.", "http://laundry.example"),
                arguments("localhost:{port}", "http://localhost:{port}"),
                arguments("[::1]:{port}", "http://[::1]:{port}"),
                arguments("[0:0:0:0:0:0:0:1]:{port}", "http://[::1]:{port}"),
                arguments("192.168.7.7", "http://192.168.7.7"),
                arguments("shop.example.com", "https://shop.example.com"));
    }

    @ParameterizedTest
    @MethodSource("ownHosts")
    void aPageOfOneOfTheServersHostsIsAdmittedHoweverItIsSpelt(String host, String origin) {
        assertThat(status(withPort(host), withPort(origin))).isEqualTo(101);
        sockets.awaitOpened();
    }

    /** Names with underscores, as Compose services have them. */
    @Test
    void aNameThatIsNoHostToUrisIsAdmitted() {
        assertThat(status("laundry_app:8080", "http://laundry_app:8080")).isEqualTo(statusOfUnderscores());
        if (statusOfUnderscores() == 101) {
            sockets.awaitOpened();
        }
    }

    int statusOfUnderscores() {
        return 101;
    }

    /** DNS rebinding: the page's owner points its name at this server's address. */
    @ParameterizedTest
    @ValueSource(strings = {"attacker.example:{port}", "localhost.attacker.example", "127.0.0.1.attacker.example"})
    void aHostThatIsNotTheServersIsNotBelieved(String host) {
        assertThat(status(withPort(host), "http://" + withPort(host))).isEqualTo(403);
        assertThat(sockets.openedNone()).isTrue();
    }

    @Test
    void anAllowedOriginNeedsNoHostOfTheServers() {
        assertThat(status("attacker.example", "https://staff.example")).isEqualTo(101);
        sockets.awaitOpened();
    }

    @Test
    void theHandshakeHasTheClientsAddress() {
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            assertThat(client.status()).isEqualTo(101);
            assertThat(sockets.awaitOpened().handshake().address()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void whatIsForwardedCountsFromTrustedProxiesOnly() {
        try (RawWsClient stranger = RawWsClient.to(uri())
                        .header("X-Forwarded-For", "203.0.113.9")
                        .header("X-Forwarded-Host", "laundry.example")
                        .header("Origin", "http://laundry.example")
                        .connect();
                RawWsClient proxied = RawWsClient.to(uri())
                        .from("127.0.0.2")
                        .header("X-Forwarded-For", "198.51.100.1, 203.0.113.9")
                        .header("X-Forwarded-Host", "laundry.example")
                        .header("X-Forwarded-Proto", "https")
                        .header("Origin", "https://laundry.example")
                        .connect();
                RawWsClient downgraded = RawWsClient.to(uri())
                        .from("127.0.0.2")
                        .header("X-Forwarded-Host", "laundry.example")
                        .header("X-Forwarded-Proto", "https")
                        .header("Origin", "http://laundry.example")
                        .connect()) {
            assertThat(stranger.status()).isEqualTo(403);
            assertThat(downgraded.status()).isEqualTo(403);
            assertThat(proxied.status()).isEqualTo(101);
            assertThat(sockets.awaitOpened().handshake().address()).isEqualTo("203.0.113.9");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"where={}", "key=a|b", "key=%zz", "key=%", "key=<b>", "key=\u00c3\u00bc", "key=a\\b"})
    void aQueryThatIsNotEncodedIsABadRequest(String query) {
        try (RawWsClient client = RawWsClient.to(uri()).query(query).connect()) {
            assertThat(client.status()).isEqualTo(400);
            assertThat(sockets.openedNone()).isTrue();
        }
    }

    private int status(String host, String origin) {
        try (RawWsClient client = RawWsClient.to(uri())
                .header("Host", host)
                .header("Origin", origin)
                .connect()) {
            return client.status();
        }
    }

    static Stream<String> foreignOrigins() {
        return Stream.of(
                "http://evil.example",
                "https://127.0.0.1.evil.example:{port}",
                "http://127.0.0.1:{port}.evil.example",
                "http://evil.example#127.0.0.1:{port}",
                "http://127.0.0.1:{port}@evil.example",
                "http://127.0.0.1:1",
                "http://127.0.0.1",
                "http://127.0.0.1:{port}/",
                "http://127.0.0.1:{port}?x",
                "ftp://127.0.0.1:{port}",
                "ws://127.0.0.1:{port}",
                "null",
                "file://");
    }

    @ParameterizedTest
    @MethodSource("foreignOrigins")
    void aForeignOriginIsForbidden(String origin) {
        try (RawWsClient client =
                RawWsClient.to(uri()).header("Origin", withPort(origin)).connect()) {
            assertThat(client.status()).isEqualTo(403);
            assertThat(sockets.openedNone()).isTrue();
        }
    }

    @Test
    void twoOriginsAreForbiddenEvenIfOneIsTheHosts() {
        try (RawWsClient client = RawWsClient.to(uri())
                .header("Origin", withPort("http://127.0.0.1:{port}"), "http://evil.example")
                .connect()) {
            assertThat(client.status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({"Cookie, session=1", "Authorization, Basic eDp5"})
    void aCredentialThatBrowsersAddThemselvesIsForbiddenWithoutAnOrigin(String header, String value) {
        try (RawWsClient client = RawWsClient.to(uri()).header(header, value).connect()) {
            assertThat(client.status()).isEqualTo(403);
        }
    }

    private String withPort(String origin) {
        return origin.replace("{port}", Integer.toString(server.port()));
    }

    @Test
    void aForeignOriginGetsNoSocketEvenWhereTheFilterIsMissing() {
        OpenedSockets unguarded = new OpenedSockets();
        Deployment deployment = new Deployment(
                "/unguarded",
                servers -> WebSocketEndpoints.register(
                        servers, new RecordingAcceptor("/unguarded", TransportChoice.AUTO, unguarded)),
                request -> new Verdict("", null));
        try (TestServer other = container.start(deployment);
                RawWsClient client = RawWsClient.to(other.wsUri("/unguarded"))
                        .header("Origin", "http://evil.example")
                        .connect()) {
            assertThat(client.status()).isEqualTo(statusWithoutFilter());
            assertThat(unguarded.openedNone()).isTrue();
        }
    }

    /** Returns the endpoint's own answer to a foreign origin. */
    int statusWithoutFilter() {
        return 403;
    }

    @Test
    void aPathThatIsTakenIsRefusedInASentenceThatNamesTheKey() {
        List<Throwable> refusals = new ArrayList<>();
        Deployment twice = new Deployment(
                "/twice",
                servers -> {
                    WebSocketEndpoints.register(
                            servers, new RecordingAcceptor("/twice", TransportChoice.AUTO, sockets));
                    refusals.add(catchThrowable(() -> WebSocketEndpoints.register(
                            servers, new RecordingAcceptor("/twice", TransportChoice.AUTO, sockets))));
                },
                acceptor::admits);
        expectRefusal(() -> container.start(twice).close(), refusals);
    }

    /** The second registration of a path is refused, and the server starts with the first. */
    void expectRefusal(Runnable start, List<Throwable> refusals) {
        start.run();
        assertThat(refusals)
                .singleElement(InstanceOfAssertFactories.THROWABLE)
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.path is /twice");
    }

    @Test
    void theBrowserClientIsServedAsAModule() throws Exception {
        HttpResponse<String> response = get("/laundry-bridge/laundry-bridge.js");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.body()).contains("export class LaundryBridge");
        assertThat(get("/laundry-bridge/laundry-bridge.d.ts")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("text/plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/laundry-bridge/",
                "/laundry-bridge/other.js",
                "/laundry-bridge/%2e%2e/laundry-bridge.js",
                "/laundry-bridge/laundry-bridge.js/"
            })
    void nothingElseIsServedBesideTheBrowserClient(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.httpUri(path)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
