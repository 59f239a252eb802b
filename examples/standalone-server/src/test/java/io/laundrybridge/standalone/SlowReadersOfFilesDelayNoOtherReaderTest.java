package io.laundrybridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.WebSocketSink;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers have few threads here: a client that requests files and does not read them must keep none. */
@Timeout(60)
class SlowReadersOfFilesDelayNoOtherReaderTest {
    private static final String FILE = "/laundry-bridge/laundry-bridge.js";
    private static final int READERS = 3 * WebServer.THREADS;
    /** More answers than fit into a kernel's buffers. */
    private static final int REQUESTS = 500;

    private static final String PAGE = "/metrics";
    private static final Page LARGE = new Page(200, "text/plain; charset=utf-8", "a_meter 1.0\n".repeat(5_000));

    private static final Site SITE = Site.of(StaticFiles.browserClient()).page(PAGE, () -> LARGE);

    private static Socket askAndNeverRead(URI pages, String path) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2_048);
        socket.connect(new InetSocketAddress(pages.getHost(), pages.getPort()));
        String requests = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(REQUESTS);
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void othersAreAnswered(Container container) throws Exception {
        try (StandaloneServer server =
                StandaloneServer.start(container, "127.0.0.1", 0, WebSocketSink.at("/laundry"), SITE)) {
            List<Socket> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(askAndNeverRead(server.pages(), i % 2 == 0 ? FILE : PAGE));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(get(server.pages().resolve(FILE))).isEqualTo(200);
                assertThat(get(server.pages().resolve(PAGE))).isEqualTo(200);
            }
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    private static int get(URI file) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(file).timeout(Duration.ofSeconds(10)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
