package io.laundrybridge.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.standalone.Container;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.FullClient;
import io.laundrybridge.test.client.Newcomers;
import io.laundrybridge.test.client.ResumingPage;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the gateway as users start it: a process with options. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class GatewayProcessTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(Container.class)
    void carriesEveryEventToEveryClientInOrderAndSaysGoodbye(Container container, TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(1);
        try (RunningGateway gateway = RunningGateway.with(kafka.bootstrapServers(), topic, "--server=" + container)) {
            URI endpoint = gateway.endpoint();
            List<WsClient> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) { // from the start, because a plain client cannot see when it is subscribed
                clients.add(WsClient.connect(URI.create(endpoint + "?from=earliest")));
            }
            List<String> values = IntStream.range(0, 300)
                    .mapToObj(n -> n % 3 == 0 ? "{\n \"é😀\": " + n + "e400}\n" : "{\"n\":" + n + "}")
                    .toList();
            values.forEach(value -> kafka.produce(topic, "k", value));
            for (WsClient client : clients) {
                Await.until("all values", SOON, () -> client.frames().size() == values.size());
                assertThat(client.frames().stream()
                                .map(frame -> new String(frame.bytes(), StandardCharsets.UTF_8))
                                .toList())
                        .isEqualTo(values);
            }
            FullClient talker = FullClient.connect(endpoint).subscribed("machines", "");
            gateway.terminate();
            talker.await("bye");
            for (WsClient client : clients) {
                assertThat(client.awaitClose(SOON)).isEqualTo(1012);
            }
            assertThat(gateway.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            // No container complains, or logs much in java.util.logging. Tomcat does of a machine that is slow.
            assertThat(gateway.text().replaceAll("WARNING: Creation of SecureRandom.*", ""))
                    .doesNotContain("WARN")
                    .doesNotContain("INFO:");
        }
    }

    @Test
    void threeSubscriptionsGoOnAtAnotherGatewayWhenTheirsStops(TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(1);
        List<String> channels = List.of("alarms", "machines", "orders");
        AtomicReference<URI> address = new AtomicReference<>();
        try (RunningGateway first = three(kafka, topic);
                RunningGateway second = three(kafka, topic)) {
            address.set(first.endpoint());
            try (ResumingPage page = new ResumingPage(channels).connect(first.endpoint());
                    Newcomers newcomers = Newcomers.to(() -> requireNonNull(address.get()), channels)) {
                kafka.produce(topic, "k", "{\"n\":0}");
                page.await(0);
                newcomers.awaitServed(1);
                first.terminate();
                page.awaitGoodbye();
                assertThat(first.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
                kafka.produce(topic, "k", "{\"n\":1}");
                address.set(second.endpoint());
                page.connect(second.endpoint());
                kafka.produce(topic, "k", "{\"n\":2}");
                page.await(2);
                second.terminate();
                page.awaitGoodbye();
                channels.forEach(
                        channel -> assertThat(page.numbers(channel)).as(channel).containsExactly(0, 1, 2));
                assertThat(newcomers.complaints()).isEmpty();
            }
        }
    }

    private static RunningGateway three(TestKafka kafka, String topic) throws IOException {
        return RunningGateway.with(
                kafka.bootstrapServers(),
                topic,
                "--laundry-bridge.channels.alarms.topic=" + topic,
                "--laundry-bridge.channels.alarms.access=anonymous",
                "--laundry-bridge.channels.orders.topic=" + topic,
                "--laundry-bridge.channels.orders.access=anonymous");
    }

    @Test
    void saysWhichTopicIsMissing(TestKafka kafka) throws Exception {
        try (RunningGateway gateway = RunningGateway.with(kafka.bootstrapServers(), "no-such-topic")) {
            assertThat(gateway.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.process().exitValue()).isEqualTo(1);
            assertThat(gateway.text()).contains("no-such-topic").contains("laundry-bridge.channels.machines.topic");
        }
    }

    @Test
    void saysThatKafkaDoesNotAnswer() throws Exception {
        try (RunningGateway gateway = RunningGateway.with("127.0.0.1:1", "t")) {
            assertThat(gateway.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.process().exitValue()).isEqualTo(1);
            assertThat(gateway.text()).contains("Kafka does not answer").contains("kafka.bootstrap.servers");
        }
    }

    @Test
    void saysWhichKeyIsWrong(TestKafka kafka) throws Exception {
        try (RunningGateway gateway =
                RunningGateway.with(kafka.bootstrapServers(), "t", "--laundry-bridge.hartbeat=5s")) {
            assertThat(gateway.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.process().exitValue()).isEqualTo(2);
            assertThat(gateway.text()).contains("did you mean laundry-bridge.heartbeat");
        }
    }
}
