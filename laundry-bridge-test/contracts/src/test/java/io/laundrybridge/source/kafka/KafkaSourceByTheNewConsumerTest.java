package io.laundrybridge.source.kafka;

import io.laundrybridge.source.EventSource;
import io.laundrybridge.test.contract.SourceContract;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the promises of every source with {@code group.protocol=consumer}, the other consumer of Kafka. */
@Tag("kafka")
@Tag("kafka-contract")
@ExtendWith(KafkaFixture.class)
class KafkaSourceByTheNewConsumerTest extends SourceContract {
    private final TestKafka kafka;
    private final String topic;
    private final KafkaSource source;

    KafkaSourceByTheNewConsumerTest(TestKafka kafka) {
        this.kafka = kafka;
        topic = kafka.newTopic(3);
        source = KafkaSource.topic(
                topic, Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.protocol", "consumer"));
    }

    @Override
    protected EventSource source() {
        return source;
    }

    @Override
    protected void publish(String key, String value) {
        kafka.produce(topic, key, value);
    }
}
