package io.laundrybridge.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("kafka")
@Tag("kafka-contract")
@ExtendWith(KafkaFixture.class)
class KafkaFixtureTest {

    private static final AtomicReference<String> ADDRESS = new AtomicReference<>();

    @Test
    void givesEveryTestATopicOfItsOwn(TestKafka kafka) {
        String topic = kafka.newTopic(3);
        assertThat(kafka.newTopic(1)).isNotEqualTo(topic);
        assertThat(kafka.produce(topic, "m-1", "{}").offset()).isZero();
        assertThat(kafka.produce(topic, "m-1", null).offset()).isEqualTo(1);
        assertSameBroker(kafka);
    }

    @Test
    void keepsTheSharedBrokerFromBeingStopped(TestKafka kafka) {
        assertThatThrownBy(kafka::stop).hasMessageContaining("KafkaFixture.privateBroker()");
        assertThatThrownBy(kafka::close).hasMessageContaining("KafkaFixture.privateBroker()");
        assertSameBroker(kafka);
    }

    @Test
    void startsAPrivateBrokerThatSurvivesAnOutage() {
        try (var kafka = KafkaFixture.privateBroker()) {
            String topic = kafka.newTopic(1);
            kafka.produce(topic, null, "before");
            kafka.stop();
            kafka.start();
            assertThat(kafka.produce(topic, null, "after").offset()).isEqualTo(1);
        }
    }

    private static void assertSameBroker(TestKafka kafka) {
        ADDRESS.compareAndSet(null, kafka.bootstrapServers());
        assertThat(kafka.bootstrapServers()).isEqualTo(ADDRESS.get());
    }
}
