package io.laundrybridge.kafka.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kafka")
@Tag("kafka-contract")
class InProcessKafkaTest {

    @Test
    void carriesRecordsAndKeepsThemOverARestart() throws Exception {
        try (var kafka = InProcessKafka.start()) {
            String address = kafka.bootstrapServers();
            kafka.createTopic("laundry", 1);
            Clients.produce(kafka, "laundry", "before");

            kafka.stopBroker(0);
            assertThat(accepts(address)).isFalse();
            kafka.startBroker(0);

            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            Clients.produce(kafka, "laundry", "after");
            assertThat(Clients.consume(kafka, "laundry", 2)).containsExactly("before", "after");
        }
    }

    @Test
    void goesOnWhenOneBrokerOfThreeStops() throws Exception {
        try (var kafka = InProcessKafka.start(3)) {
            kafka.createTopic("laundry", 1, Map.of("cleanup.policy", "compact"));
            Clients.produce(kafka, "laundry", "on three");

            kafka.stopBroker(0);
            Clients.produce(kafka, "laundry", "on two");
            kafka.startBroker(0);
            kafka.stopBroker(1);

            assertThat(Clients.consume(kafka, "laundry", 2)).hasSize(2);
        }
    }

    @Test
    void leavesNothingBehindWhenClosed() throws Exception {
        Set<Path> before = folders();
        String address;
        try (var kafka = InProcessKafka.start()) {
            address = kafka.bootstrapServers();
            assertThat(folders()).hasSizeGreaterThan(before.size());
        }
        assertThat(accepts(address)).isFalse();
        assertThat(folders()).isSubsetOf(before);
    }

    @Test
    void saysHowToStartAgainOnceClosed() {
        var kafka = InProcessKafka.start();
        kafka.close();
        kafka.close();
        assertThatThrownBy(() -> kafka.createTopic("laundry", 1)).hasMessageContaining("InProcessKafka.start()");
    }

    private static boolean accepts(String address) {
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<Path> folders() throws IOException {
        try (var folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return folders.filter(f -> f.getFileName().toString().startsWith("in-process-kafka-"))
                    .collect(Collectors.toSet());
        }
    }
}
