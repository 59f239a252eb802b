package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.standalone.Container;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.FullClient;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the pages about a gateway over a real Kafka. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class ProbesAndMetersTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Gateway gateway(Container container, TestKafka kafka, String topic, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--server=" + container,
                "--port=0",
                "--kafka.bootstrap.servers=" + kafka.bootstrapServers(),
                "--laundry-bridge.path=/laundry",
                "--laundry-bridge.channels.machines.topic=" + topic,
                "--laundry-bridge.channels.machines.access=anonymous"));
        options.addAll(List.of(more));
        return Gateway.start(GatewayOptions.read(options.toArray(String[]::new), Map.of()));
    }

    private static HttpResponse<String> get(Gateway gateway, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.port() + path);
        return HTTP.send(HttpRequest.newBuilder(uri).timeout(SOON).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aGatewayIsAliveReadyAndMeasured(Container container, TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(1);
        kafka.produce(topic, "m-1", "{\"n\":1}");
        try (Gateway gateway = gateway(container, kafka, topic)) {
            assertThat(get(gateway, "/health/live").body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
            HttpResponse<String> ready = get(gateway, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("\"name\":\"machines\",\"status\":\"UP\"", "\"state\":\"LIVE\"");
            try (FullClient client = FullClient.connect(URI.create("ws://127.0.0.1:" + gateway.port() + "/laundry"))) {
                client.subscribed("machines", "");
                kafka.produce(topic, "m-1", "{\"n\":2}");
                client.awaitEvents(1);
                Await.until(
                        "the session is counted",
                        SOON,
                        () -> get(gateway, "/metrics")
                                .body()
                                .lines()
                                .toList()
                                .containsAll(List.of(
                                        "laundry_bridge_sessions 1.0",
                                        "laundry_bridge_subscriptions{channel=\"machines\"} 1.0")));
            }
            HttpResponse<String> metrics = get(gateway, "/metrics");
            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type.replace(" ", "").toLowerCase(Locale.ROOT))
                            .contains("text/plain;", "version=0.0.4", "charset=utf-8"));
            assertThat(metrics.body())
                    .contains("laundry_bridge_records_total{channel=\"machines\"} 2.0", "jvm_memory_used_bytes")
                    .doesNotContain(kafka.bootstrapServers(), "m-1");
            assertThat(get(gateway, "/health").statusCode()).isEqualTo(404);
            assertThat(get(gateway, "/metrics/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aChannelWithoutItsTopicMakesAGatewayUnreadyButNotDead(TestKafka kafka) throws Exception {
        String topic = "not-there-" + System.nanoTime();
        try (Gateway gateway = gateway(Container.TYRUS, kafka, topic, "--laundry-bridge.startup=wait")) {
            HttpResponse<String> ready = get(gateway, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(get(gateway, "/health/live").statusCode()).isEqualTo(200);
            Await.until("the reason is told", SOON, () -> {
                String body = get(gateway, "/health/ready").body();
                return body.contains(topic) && !body.contains(kafka.bootstrapServers());
            });
        }
    }
}
