package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Tests when the reader waits between two polls, in virtual time. */
class PollPaceTest {
    private static final Duration LINGER = Duration.ofMillis(20);

    private long now = Duration.ofDays(1).toNanos();
    private PollPace pace = new PollPace(LINGER, 250, 100_000, now);

    private static ConsumerRecords<byte[], byte[]> batch(int records, int bytes) {
        TopicPartition partition = new TopicPartition("laundry", 0);
        List<ConsumerRecord<byte[], byte[]>> all = IntStream.range(0, records)
                .mapToObj(i -> new ConsumerRecord<>(
                        "laundry",
                        0,
                        i,
                        0,
                        TimestampType.CREATE_TIME,
                        2,
                        bytes,
                        new byte[0],
                        new byte[0],
                        new RecordHeaders(),
                        Optional.empty()))
                .toList();
        return new ConsumerRecords<>(Map.of(partition, all), Map.of());
    }

    /** Polls {@code polls} times, each after the pause, or else when the next record comes. Returns the last pause. */
    private Duration steady(int perSecond, int polls) {
        long between = Duration.ofSeconds(1).toNanos() / perSecond;
        Duration rests = Duration.ZERO;
        for (int i = 0; i < polls; i++) {
            long wait = Math.max(between, rests.toNanos());
            now += wait;
            pace.polled(batch((int) (wait / between), 200), now);
            rests = rests();
        }
        return rests;
    }

    private Duration rests() {
        return Duration.ofNanos(Math.max(0, pace.restNanos(now)));
    }

    @Test
    void aFetchIsHeldBackForHalfTheLingerIfItBringsTwoRecordsOrMoreThen() {
        assertThat(steady(100, 500)).isZero();
        assertThat(steady(180, 500)).isZero();
        assertThat(steady(250, 500)).isEqualTo(LINGER.dividedBy(2));
        assertThat(steady(5_000, 500)).isEqualTo(LINGER.dividedBy(2));
        assertThat(steady(100, 500)).isZero();
    }

    @Test
    void nothingWaitsAfterAQuietTime() {
        steady(1_000, 500);
        now += Duration.ofSeconds(10).toNanos();
        pace.polled(batch(1, 200), now);
        assertThat(rests()).isZero();
        steady(1_000, 500);
        now += LINGER.toNanos();
        pace.polled(batch(0, 0), now);
        assertThat(rests()).isZero();
    }

    @Test
    void nothingWaitsWhileKafkaMayHaveMoreThanOnePollGives() {
        steady(1_000, 500);
        pace.polled(batch(249, 100), now);
        assertThat(rests()).isPositive();
        pace.polled(batch(250, 100), now);
        assertThat(rests()).isZero();
        pace.polled(batch(10, 10_000), now);
        assertThat(rests()).isZero();
    }

    @Test
    void aPauseEndsByItselfAndWithoutLingerThereIsNone() {
        steady(1_000, 500);
        now += LINGER.dividedBy(2).toNanos();
        assertThat(rests()).isZero();
        pace = new PollPace(Duration.ZERO, 250, 100_000, now);
        assertThat(steady(5_000, 500)).isZero();
    }
}
