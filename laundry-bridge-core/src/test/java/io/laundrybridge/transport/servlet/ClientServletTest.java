package io.laundrybridge.transport.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.SinkSite;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientServletTest {
    private static final String SCRIPT = "/laundry-bridge/laundry-bridge.js";

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT", "JETTY", "UNDERTOW"})
    void anUnchangedFileIsNotSentAgain(WebSocketServers container) throws Exception {
        try (TestServer server = container.start(SinkSite.of())) {
            String etag =
                    send(server, "GET", Map.of()).headers().firstValue("ETag").orElseThrow();

            HttpResponse<byte[]> again = send(server, "GET", Map.of("If-None-Match", etag));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(send(server, "GET", Map.of("If-None-Match", "\"older\"")).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT", "JETTY", "UNDERTOW"})
    void aHeadRequestGetsTheLengthAndAPostIsRefused(WebSocketServers container) throws Exception {
        try (TestServer server = container.start(SinkSite.of())) {
            int length = send(server, "GET", Map.of()).body().length;

            HttpResponse<byte[]> head = send(server, "HEAD", Map.of());
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(length);
            assertThat(send(server, "POST", Map.of()).statusCode()).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT", "JETTY", "UNDERTOW"})
    void aPageOfAnotherOriginMayLoadTheClient(WebSocketServers container) throws Exception {
        try (TestServer server = container.start(SinkSite.of())) {
            HttpHeaders first = send(server, "GET", Map.of()).headers();
            String etag = first.firstValue("ETag").orElseThrow();
            HttpHeaders unchanged =
                    send(server, "GET", Map.of("If-None-Match", etag)).headers();

            for (HttpHeaders headers : List.of(first, unchanged)) {
                assertThat(headers.firstValue("Access-Control-Allow-Origin")).hasValue("*");
                assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("cross-origin");
            }
        }
    }

    private HttpResponse<byte[]> send(TestServer server, String method, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.httpUri(SCRIPT)).method(method, BodyPublishers.noBody());
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }
}
