package io.laundrybridge.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.dashboard.simulator.LaundryPlan;
import io.laundrybridge.test.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaundryFeedTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final LaundryPlan PLAN = LaundryPlan.standard().machines(12).rate(2_000);

    @Test
    void reportsReachTheTopicKeyedByMachineWithTheirOwnTime() throws Exception {
        MockProducer<String, byte[]> producer = producer(true);
        Instant before = Instant.now();
        LaundryFeed feed = new LaundryFeed("log", PLAN, Clock.systemUTC(), producer);
        Thread thread = new Thread(feed, "laundry-feed");
        thread.start();
        Await.until("a hundred reports", DEADLINE, () -> feed.sent() >= 100);
        feed.close();
        thread.join();

        assertThat(producer.closed()).isTrue();
        assertThat(producer.history()).hasSizeGreaterThanOrEqualTo(100);
        ProducerRecord<String, byte[]> first = producer.history().get(0);
        assertThat(first.topic()).isEqualTo("log");
        assertThat(first.key()).matches("[a-z-]+/[wd]-\\d{2}");
        assertThat(first.timestamp()).isGreaterThanOrEqualTo(before.toEpochMilli());
        assertThat(feed.failed()).isZero();
    }

    @Test
    void recordsThatKafkaRefusesAreCountedAndTheFeedGoesOn() throws Exception {
        MockProducer<String, byte[]> producer = producer(false);
        LaundryFeed feed = new LaundryFeed("log", PLAN, Clock.systemUTC(), producer);
        Thread thread = new Thread(feed, "laundry-feed");
        thread.start();
        Await.until("a report", DEADLINE, () -> producer.errorNext(new IllegalStateException("no broker")));
        Await.until("another report", DEADLINE, producer::completeNext);
        feed.close();
        thread.join();

        assertThat(feed.failed()).isEqualTo(1);
        assertThat(feed.sent()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void closingAFeedThatNeverRanClosesItsProducer() {
        MockProducer<String, byte[]> producer = producer(true);

        new LaundryFeed("log", PLAN, Clock.systemUTC(), producer).close();

        assertThat(producer.closed()).isTrue();
    }

    private static MockProducer<String, byte[]> producer(boolean autoComplete) {
        return new MockProducer<>(
                autoComplete, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }
}
