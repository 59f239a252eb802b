package io.laundrybridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.session.WebSocketSink;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many connections at once, in every container. */
@Timeout(60)
class AStormOfConnectionsWaitsForItsTurnTest {
    private static final int STORM = 40;

    private final AtomicInteger delayed = new AtomicInteger();
    private final WebSocketSink sink = WebSocketSink.builder("/laundry")
            .arrivals(10)
            .services(HostServices.standard().withTelemetry((meter, channel, amount) -> {
                if (meter == Meter.ARRIVALS_DELAYED) {
                    delayed.incrementAndGet();
                }
            }))
            .build();

    @ParameterizedTest
    @EnumSource(Container.class)
    void andEachIsAnswered(Container container) {
        try (StandaloneServer server =
                StandaloneServer.start(container, "127.0.0.1", 0, sink, Site.of(StaticFiles.browserClient()))) {
            HttpClient client = HttpClient.newHttpClient();
            List<CompletableFuture<WebSocket>> storm = IntStream.range(0, STORM)
                    .mapToObj(n -> client.newWebSocketBuilder()
                            .subprotocols("laundry-bridge.v1")
                            .buildAsync(server.endpoint(), new WebSocket.Listener() {}))
                    .toList();

            storm.forEach(CompletableFuture::join);
            assertThat(delayed.get())
                    .as("a slow machine brings few at once, but the first waits for its place already")
                    .isPositive();
        }
    }
}
