package io.laundrybridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sink takes the map that sources take, and refuses what would weaken an ack. */
class ProducerSettingsTest {
    private final Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:9092"));

    private Map<String, Object> producer() {
        return ProducerSettings.of("t", properties).producer("id");
    }

    @ParameterizedTest
    @CsvSource({
        "acks, 1, no broker's loss",
        "acks, 0, no broker's loss",
        "enable.idempotence, false, twice",
        "retries, 0, 10 seconds",
        "delivery.timeout.ms, 120000, 10 seconds",
        "transactional.id, mine, by itself",
        "key.serializer, org.example.Mine, bytes",
        "value.serializer, org.example.Mine, bytes",
        "max.block.ms, 501, at most 500",
        "linger.ms, 1001, at most 1000",
        "max.in.flight.requests.per.connection, 6, at most 5",
        "batch.size, many, batch.size"
    })
    void refusesWhatWouldWeakenAnAck(String key, String value, String reason) {
        properties.put(key, value);
        assertThatThrownBy(this::producer)
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo(key))
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "acks, all",
        "acks, -1",
        "enable.idempotence, true",
        "retries, 7",
        "delivery.timeout.ms, 7500",
        "max.block.ms, 500",
        "linger.ms, 20",
        "compression.type, zstd",
        "partitioner.class, org.apache.kafka.clients.producer.RoundRobinPartitioner",
        "batch.size, 65536"
    })
    void takesWhatDoesNot(String key, String value) {
        properties.put(key, value);
        assertThat(producer()).containsKey(key);
    }

    @Test
    void theProducerAcknowledgesNothingEarlyAndBlocksNobodyForLong() {
        assertThat(producer())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.block.ms", 500)
                .containsEntry("request.timeout.ms", 5_000);
        properties.put("request.timeout.ms", "30000");
        assertThat(producer()).containsEntry("request.timeout.ms", 5_000);
        properties.put("request.timeout.ms", "1000");
        assertThat(producer()).containsEntry("request.timeout.ms", 1_000);
    }

    @Test
    void whatOnlyOtherClientsKnowIsLeftOut() {
        properties.putAll(Map.of(
                "max.poll.records", "10",
                "client.id", "mine",
                "group.protocol", "consumer",
                "default.api.timeout.ms", "9000",
                "fetch.max.wait.ms", "100",
                "interceptor.classes", "org.example.ConsumerInterceptor",
                "sasl.jaas.config", "x",
                "our.own", "y"));
        Map<String, Object> producer = producer();
        assertThat(producer).containsEntry("client.id", "id").containsKeys("sasl.jaas.config", "our.own");
        assertThat(producer.keySet())
                .doesNotContain(
                        "max.poll.records",
                        "group.protocol",
                        "default.api.timeout.ms",
                        "fetch.max.wait.ms",
                        "interceptor.classes");
    }

    @Test
    void aValueMayComeFromAConfigProviderAndIsChecked(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("kafka.properties");
        Files.writeString(file, "block=900\n");
        properties.put("config.providers", "file");
        properties.put("config.providers.file.class", FileConfigProvider.class.getName());
        properties.put("max.block.ms", "${file:" + file + ":block}");
        assertThatThrownBy(this::producer).isInstanceOf(SettingException.class).hasMessageContaining("at most 500");
    }

    @Test
    void aSinkNamesAWrongTopic() {
        assertThatThrownBy(() -> KafkaSink.topic("a b", properties))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("a b");
        assertThat(KafkaSink.topic("a.b", properties).name()).isEqualTo("a.b");
    }
}
