package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

    private static Map<String, Object> with(String key, Object value) {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:9092"));
        properties.put(key, value);
        return properties;
    }

    @ParameterizedTest
    @CsvSource({
        "group.id, shirts",
        "group.instance.id, shirts-1",
        "enable.auto.commit, true",
        "auto.offset.reset, latest",
        "isolation.level, read_uncommitted",
        "allow.auto.create.topics, true",
        "key.deserializer, org.apache.kafka.common.serialization.StringDeserializer",
        "value.deserializer, org.apache.kafka.common.serialization.StringDeserializer"
    })
    void refusesAPropertyOfItsOwnByName(String key, String value) {
        assertThatThrownBy(() -> KafkaSource.topic("t", with(key, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining("remove it");
    }

    @ParameterizedTest
    @CsvSource({
        "enable.auto.commit, false",
        "auto.offset.reset, none",
        "isolation.level, read_committed",
        "client.rack, a",
        "group.protocol, consumer",
        "sasl.mechanism, PLAIN",
        "an.interceptors.own, x"
    })
    void takesAnyOtherAndThoseThatSayTheSame(String key, String value) {
        assertThat(KafkaSettings.of("t", with(key, value)).consumer().get(key)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({"max.poll.records, many", "security.protocol, CARRIER_PIGEON", "fetch.max.wait.ms, 30000"})
    void refusesAMalformedPropertyByName(String key, String value) {
        assertThatThrownBy(() -> KafkaSource.topic("t", with(key, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(key);
    }

    @Test
    void refusesToDoWithoutAnAddress() {
        assertThatThrownBy(() -> KafkaSource.topic("t", Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("bootstrap.servers");
    }

    @Test
    void boundsEveryWaitWhereNothingElseIsSaid() {
        assertThat(KafkaSettings.of("t", with("x", "y")).consumer())
                .containsEntry("request.timeout.ms", 5_000)
                .containsEntry("default.api.timeout.ms", 10_000)
                .containsEntry("reconnect.backoff.max.ms", 5_000);
        assertThat(KafkaSettings.of("t", with("request.timeout.ms", "20000")).admin())
                .containsEntry("default.api.timeout.ms", 20_000);
    }

    @Test
    void looksForBrokersAnewOnlyIfTheUserWantsThat() {
        assertThat(KafkaSettings.of("t", with("x", "y")).admin()).containsEntry("metadata.recovery.strategy", "none");
        assertThat(KafkaSettings.of("t", with("metadata.recovery.strategy", "rebootstrap"))
                        .admin())
                .containsEntry("metadata.recovery.strategy", "rebootstrap");
    }

    @Test
    void givesEachSourceOfATopicAClientIdOfItsOwn() {
        String one = KafkaSettings.of("t", with("x", "y")).clientId();
        String other = KafkaSettings.of("t", with("x", "y")).clientId();
        assertThat(one).matches("laundry-bridge-t-[0-9a-z]{5}").isNotEqualTo(other);
    }

    @Test
    void numbersTheSourcesThatShareAClientIdAfterTheFirst() {
        assertThat(KafkaSettings.of("t", with("client.id", "blouses")).clientId())
                .isEqualTo("blouses");
        assertThat(KafkaSettings.of("u", with("client.id", "blouses")).clientId())
                .isEqualTo("blouses-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session.timeout.ms",
                "heartbeat.interval.ms",
                "partition.assignment.strategy",
                "group.remote.assignor"
            })
    void leavesOutWhatOnlyGroupsNeed(String key) {
        boolean time = key.endsWith("ms");
        assertThat(KafkaSettings.of("t", with(key, time ? "10000" : "uniform")).consumer())
                .doesNotContainKey(key);
    }

    @Test
    void sharesNetworkAndSecurityWithItsOtherClientsAndNothingElse() {
        Map<String, Object> given = with("ssl.truststore.location", "trust.p12");
        given.put("interceptor.classes", "");
        given.put("fetch.min.bytes", "1");
        given.put("client.id", "shirts");
        KafkaSettings settings = KafkaSettings.of("t", given);
        assertThat(settings.admin())
                .containsEntry("ssl.truststore.location", "trust.p12")
                .containsEntry("client.id", "shirts-admin")
                .doesNotContainKeys("interceptor.classes", "fetch.min.bytes");
        assertThat(settings.deadLetterProducer())
                .containsEntry("ssl.truststore.location", "trust.p12")
                .containsEntry("client.id", "shirts-dlt")
                .containsEntry("acks", "all")
                .containsEntry("transactional.id", "laundry-bridge-t-dlt")
                .doesNotContainKeys("interceptor.classes", "fetch.min.bytes");
    }

    @Test
    void readsTheDefaultsOfProperties() {
        Properties defaults = new Properties();
        defaults.setProperty("bootstrap.servers", "127.0.0.1:9092");
        Properties properties = new Properties(defaults);
        properties.setProperty("client.rack", "a");
        assertThat(KafkaSource.topic("t", properties).name()).isEqualTo("t");
    }
}
