package io.laundrybridge.sink.kafka;

import io.laundrybridge.event.SourceRecord.Header;
import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.RecordPlace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One record on its way to Kafka, with its outcome, which comes once. Thread-safe. */
final class PendingSend {
    private static final int OVERHEAD = 200;

    private final TopicState topic;
    private final ProducerRecord<byte[], byte[]> record;
    private final int bytes;
    private final long acceptedAt;
    private final Consumer<PendingSend> atTheEnd;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final CompletableFuture<RecordPlace> outcome = new CompletableFuture<>();

    /** Confined to the send loop. */
    private int repeats;

    /** Takes a record; {@code atTheEnd} is called first when its outcome is known. */
    PendingSend(TopicState topic, OutgoingRecord from, long acceptedAt, Consumer<PendingSend> atTheEnd) {
        this.topic = topic;
        this.record = new ProducerRecord<>(topic.name(), null, null, from.key(), from.value());
        this.acceptedAt = acceptedAt;
        this.atTheEnd = atTheEnd;
        int size = OVERHEAD + length(from.key()) + length(from.value());
        for (Header header : from.headers()) {
            record.headers().add(header.name(), header.value());
            size += header.name().length() + length(header.value());
        }
        this.bytes = size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    TopicState topic() {
        return topic;
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    /** Returns about how much memory it takes. */
    int bytes() {
        return bytes;
    }

    long acceptedAt() {
        return acceptedAt;
    }

    boolean hasKey() {
        return record.key() != null;
    }

    CompletableFuture<RecordPlace> outcome() {
        return outcome;
    }

    boolean isSettled() {
        return settled.get();
    }

    /** Returns whether it may be sent once more, after {@code most} times. Counts this time. */
    boolean mayRepeat(int most) {
        return repeats++ < most;
    }

    void stored(RecordPlace place) {
        if (settled.compareAndSet(false, true)) {
            atTheEnd.accept(this);
            outcome.complete(place);
        }
    }

    void failed(PublishException failure) {
        if (settled.compareAndSet(false, true)) {
            atTheEnd.accept(this);
            outcome.completeExceptionally(failure);
        }
    }
}
