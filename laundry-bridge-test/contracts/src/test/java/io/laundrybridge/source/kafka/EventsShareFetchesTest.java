package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests how many fetches a steady stream of events costs, as Kafka's client counts them. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class EventsShareFetchesTest {
    private static final int EVENTS = 600;
    private static final int PER_SECOND = 200;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final TestKafka kafka;

    EventsShareFetchesTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    private static final class Counter extends SourceTape {
        private final AtomicInteger records = new AtomicInteger();

        @Override
        public void record(SourceRecord record) {
            records.incrementAndGet();
        }
    }

    private static double fetches(String client) throws JMException {
        ObjectName name = new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=" + client);
        return (Double) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "fetch-total");
    }

    private double fetchesPerEvent(String client, Duration linger) throws JMException {
        String topic = kafka.newTopic(1);
        Map<String, Object> properties = new HashMap<>(SourceProperties.of(kafka.bootstrapServers()));
        properties.put("client.id", client);
        Counter counter = new Counter();
        try (SourceReader reader = KafkaSource.topic(topic, properties)
                .withFetchLinger(linger)
                .open(new ReadRequest("machines", Duration.ofHours(1), HostServices.standard()), counter)) {
            assertThat(reader).isNotNull();
            kafka.produce(topic, "m", "first");
            Await.until("the first event", DEADLINE, () -> counter.records.get() == 1);
            double before = fetches(client);
            publish(topic);
            Await.until("all events", DEADLINE, () -> counter.records.get() == EVENTS + 1);
            return (fetches(client) - before) / EVENTS;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing the producer waits for all
    private void publish(String topic) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            long begin = System.nanoTime();
            for (int i = 0; i < EVENTS; i++) {
                long due = begin + Duration.ofSeconds(1).toNanos() / PER_SECOND * i;
                while (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                producer.send(new ProducerRecord<>(topic, "m", "" + i));
            }
        }
    }

    @Test
    void aSteadyStreamCostsFewerFetchesThanEventsAndNoneHasToWaitIfSoSet() throws Exception {
        double together = fetchesPerEvent("together", Duration.ofMillis(100));
        double atOnce = fetchesPerEvent("at-once", Duration.ZERO);
        assertThat(together).as("fetches per event, at once %s", atOnce).isLessThan(0.25);
        assertThat(atOnce).isGreaterThan(together);
    }
}
