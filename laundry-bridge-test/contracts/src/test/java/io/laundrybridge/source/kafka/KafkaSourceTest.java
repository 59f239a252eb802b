package io.laundrybridge.source.kafka;

import io.laundrybridge.source.EventSource;
import io.laundrybridge.test.contract.SourceContract;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("kafka")
@Tag("kafka-contract")
@ExtendWith(KafkaFixture.class)
class KafkaSourceTest extends SourceContract {

    private final TestKafka kafka;
    private final String topic;
    private final KafkaSource source;

    KafkaSourceTest(TestKafka kafka) {
        this.kafka = kafka;
        topic = kafka.newTopic(3);
        source = KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers()));
    }

    @Override
    protected EventSource source() {
        return source;
    }

    @Override
    protected void publish(String key, String value) {
        kafka.produce(topic, key, value);
    }

    @Test
    void reportsThatTimePassesThoughNothingComes() {
        AtomicInteger times = new AtomicInteger();
        open(Duration.ZERO, new SourceTape() {
                    @Override
                    public void timePassed() {
                        times.incrementAndGet();
                    }
                })
                .awaitCall("live")
                .await("two turns", tape -> times.get() >= 2);
    }
}
