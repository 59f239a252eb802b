package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.testing.Await;
import io.laundrybridge.testing.KafkaFixture;
import io.laundrybridge.testing.TestKafka;
import io.laundrybridge.testing.WsClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The gateway as people start it: a process with options. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class GatewayProcessTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void carriesEveryEventToEveryClientInOrderAndSaysGoodbye(TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(1);
        try (Running gateway = Running.with(kafka.bootstrapServers(), topic)) {
            URI endpoint = gateway.endpoint();
            List<WsClient> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(WsClient.connect(endpoint));
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
            gateway.terminate();
            assertThat(clients.get(0).awaitClose(SOON)).isEqualTo(1012);
            assertThat(gateway.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void saysWhichTopicIsMissing(TestKafka kafka) throws Exception {
        try (Running gateway = Running.with(kafka.bootstrapServers(), "no-such-topic")) {
            assertThat(gateway.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.process.exitValue()).isEqualTo(1);
            assertThat(gateway.text()).contains("no-such-topic").contains("laundry-bridge.channels.machines.topic");
        }
    }

    @Test
    void saysThatKafkaDoesNotAnswer() throws Exception {
        try (Running gateway = Running.with("127.0.0.1:1", "t")) {
            assertThat(gateway.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.process.exitValue()).isEqualTo(1);
            assertThat(gateway.text()).contains("Kafka does not answer").contains("kafka.bootstrap.servers");
        }
    }

    @Test
    void saysWhichKeyIsWrong(TestKafka kafka) throws Exception {
        try (Running gateway = Running.with(kafka.bootstrapServers(), "t", "--laundry-bridge.hartbeat=5s")) {
            assertThat(gateway.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.process.exitValue()).isEqualTo(2);
            assertThat(gateway.text()).contains("did you mean laundry-bridge.heartbeat");
        }
    }

    private static final class Running implements AutoCloseable {
        private final Process process;
        private final List<String> output = new CopyOnWriteArrayList<>();

        private Running(Process process) {
            this.process = process;
            Thread reader = new Thread(this::read, "gateway-output");
            reader.setDaemon(true);
            reader.start();
        }

        static Running with(String bootstrapServers, String topic, String... more) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(System.getProperty("java.home") + "/bin/java");
            command.addAll(gateway());
            command.addAll(List.of(
                    "--kafka.bootstrap.servers=" + bootstrapServers,
                    "--laundry-bridge.path=/laundry",
                    "--laundry-bridge.channels.machines.topic=" + topic,
                    "--laundry-bridge.channels.machines.access=anonymous",
                    "--port=0"));
            command.addAll(List.of(more));
            return new Running(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        }

        /** The jar where it is packed; before that the class path. */
        private static List<String> gateway() {
            String jar = System.getProperty("gateway.jar");
            return jar == null
                    ? List.of("-cp", System.getProperty("java.class.path"), Gateway.class.getName())
                    : List.of("-jar", jar);
        }

        URI endpoint() {
            Await.until("the gateway's line", SOON, () -> text().contains("Laundry Bridge gateway: ws://"));
            return URI.create(text().replaceAll("(?s).*Laundry Bridge gateway: (ws://\\S+).*", "$1"));
        }

        String text() {
            return String.join("\n", output);
        }

        void terminate() {
            process.destroy();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }

        private void read() {
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                reader.lines().forEach(output::add);
            } catch (IOException | RuntimeException ended) {
                output.add("(output ended)");
            }
        }
    }
}
