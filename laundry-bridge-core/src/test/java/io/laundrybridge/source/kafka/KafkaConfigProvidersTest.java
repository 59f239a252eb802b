package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any Kafka property may be left to Kafka's config providers, and what they say is never told. */
class KafkaConfigProvidersTest {
    private final Map<String, Object> properties = new HashMap<>();

    @TempDir
    Path folder;

    @BeforeEach
    void namesAProvider() {
        properties.put("bootstrap.servers", "127.0.0.1:9092");
        properties.put("config.providers", "file");
        properties.put("config.providers.file.class", FileConfigProvider.class.getName());
    }

    private void provide(String key, String value) throws Exception {
        Path file = folder.resolve("kafka.properties");
        Files.writeString(file, "it=" + value + "\n");
        properties.put(key, "${file:" + file + ":it}");
    }

    @ParameterizedTest
    @CsvSource({
        "bootstrap.servers, 127.0.0.1:9093",
        "security.protocol, SSL",
        "fetch.max.wait.ms, 400",
        "max.poll.records, 50",
        "request.timeout.ms, 7000",
        "default.api.timeout.ms, 9000",
        "client.rack, a",
        "client.id, provided",
        "isolation.level, read_committed",
        "group.protocol, consumer"
    })
    void everyClientTakesItFromTheProvider(String key, String value) throws Exception {
        provide(key, value);
        KafkaSettings settings = KafkaSettings.of("t", properties);
        Map<String, Object> consumer = settings.consumer();
        consumer.put("key.deserializer", ByteArrayDeserializer.class);
        consumer.put("value.deserializer", ByteArrayDeserializer.class);
        assertThat(new ConsumerConfig(consumer).values().get(key))
                .satisfies(found -> assertThat(String.valueOf(found).replaceAll("[\\[\\]]", ""))
                        .startsWith(value));
        assertThat(new AdminClientConfig(settings.admin()).values()).containsKey("bootstrap.servers");
        Map<String, Object> producer = settings.deadLetterProducer();
        producer.put("key.serializer", ByteArraySerializer.class);
        producer.put("value.serializer", ByteArraySerializer.class);
        assertThat(new ProducerConfig(producer).values()).containsKey("bootstrap.servers");
    }

    @Test
    void theRequestTimeoutFromAProviderBoundsTheOtherTimesToo() throws Exception {
        provide("request.timeout.ms", "20000");
        assertThat(KafkaSettings.of("t", properties).admin()).containsEntry("default.api.timeout.ms", 20_000);
    }

    @ParameterizedTest
    @CsvSource({
        "security.protocol, s3cret",
        "fetch.max.wait.ms, s3cret",
        "request.timeout.ms, s3cret",
        "max.poll.records, s3cret",
        "group.id, s3cret",
        "enable.auto.commit, s3cret",
        "isolation.level, s3cret"
    })
    void aRefusedValueIsNamedByItsKeyAndNotLogged(String key, String value) throws Exception {
        provide(key, value);
        assertThatThrownBy(() -> KafkaSource.topic("t", properties))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("${file:")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void aValueThatTheProviderDoesNotHaveIsNamed() throws Exception {
        provide("client.rack", "a");
        properties.put("sasl.jaas.config", "${file:" + folder.resolve("kafka.properties") + ":other}");
        assertThatThrownBy(() -> KafkaSource.topic("t", properties))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("'sasl.jaas.config'")
                .hasMessageContaining("config provider 'file'");
    }

    @Test
    void aProviderThatCannotBeMadeIsNamed() {
        properties.put("config.providers.file.class", "no.such.Provider");
        properties.put("client.rack", "${file:x:y}");
        assertThatThrownBy(() -> KafkaSource.topic("t", properties))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("config.providers");
    }
}
