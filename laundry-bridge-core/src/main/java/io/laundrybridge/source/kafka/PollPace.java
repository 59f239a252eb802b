package io.laundrybridge.source.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Decides how long the reader waits between two polls, so that one fetch brings several records. Kafka answers a fetch
 * as soon as it has one record, so without a wait each record costs a fetch. A poll hands over the answer to the fetch
 * that the poll before has sent. So a record waits for two pauses at most, which are the linger. Confined to the poll
 * thread.
 */
final class PollPace {

    /** The time over which the rate of records is measured. */
    private static final long MEASURED = Duration.ofMillis(250).toNanos();

    /** How many records a pause must gather to be worth it. */
    private static final double WORTH = 2;

    private final long pause;
    private final int mostRecords;
    private final int mostBytes;

    private double perNano;
    private long polledAt;
    private long restsUntil;

    /**
     * Makes a pace at which a record waits for {@code linger} at most.
     *
     * @param mostRecords the number of records from which on Kafka may have more at once
     * @param mostBytes the bytes from which on Kafka may have more at once
     */
    PollPace(Duration linger, int mostRecords, int mostBytes, long now) {
        this.pause = linger.toNanos() / 2;
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
        this.polledAt = now;
        this.restsUntil = now;
    }

    /** Notes a poll that has given {@code batch}. */
    void polled(ConsumerRecords<byte[], byte[]> batch, long now) {
        int records = batch.count();
        double passed = now - polledAt;
        perNano = (perNano * MEASURED + records) / (passed + MEASURED);
        polledAt = now;
        boolean gathers = records > 0 && records < mostRecords && perNano * pause >= WORTH;
        restsUntil = gathers && bytes(batch) < mostBytes ? now + pause : now;
    }

    private static long bytes(ConsumerRecords<byte[], byte[]> batch) {
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> each : batch) {
            bytes += Math.max(0, each.serializedKeySize()) + Math.max(0, each.serializedValueSize());
        }
        return bytes;
    }

    /** Returns how long to wait before the next poll; not positive if not at all. */
    long restNanos(long now) {
        return restsUntil - now;
    }
}
