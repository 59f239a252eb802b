package io.laundrybridge.sink.kafka;

import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.publish.RecordSink;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** A channel's connection to its topic. It shares the producer with others. Thread-safe. */
final class TopicConnection implements RecordSink.Connection {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(1_500);

    private final SharedProducers.Use shared;
    private final SendQueue queue;
    private final TopicState topic;
    private final LongSupplier nanoTime;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<PendingSend> open = ConcurrentHashMap.newKeySet();

    TopicConnection(String topic, SharedProducers.Use shared, LongSupplier nanoTime) {
        this.shared = shared;
        this.queue = shared.loop().queue();
        this.nanoTime = nanoTime;
        this.topic = shared.loop().join(topic);
    }

    @Override
    public CompletionStage<RecordPlace> send(OutgoingRecord record) {
        PendingSend send = new PendingSend(topic, record, nanoTime.getAsLong(), this::settled);
        open.add(send);
        if (closed.get() || !shared.loop().isRunning()) {
            return refused(send, Failure.UNAVAILABLE, SendFailures.notNow());
        }
        if (queue.isTooSmallFor(send)) {
            return refused(send, Failure.TOO_LARGE, "The value is larger than this server takes");
        }
        if (!queue.add(send)) {
            return refused(send, Failure.BUSY, SendFailures.busy());
        }
        if (closed.get()) {
            SendOutcomes.unknown(send);
        }
        return send.outcome();
    }

    private CompletionStage<RecordPlace> refused(PendingSend send, Failure failure, String sentence) {
        open.remove(send);
        return CompletableFuture.failedFuture(new PublishException(failure, sentence));
    }

    private void settled(PendingSend send) {
        open.remove(send);
        queue.leave(send);
    }

    @Override
    public String trouble() {
        String all = shared.loop().trouble();
        return all.isEmpty() ? topic.trouble() : all;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            awaitOutcomes();
            open.forEach(SendOutcomes::unknown);
            shared.loop().leave(topic);
            shared.release();
        }
    }

    private void awaitOutcomes() {
        List<CompletableFuture<RecordPlace>> outcomes =
                open.stream().map(PendingSend::outcome).toList();
        try {
            CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
                    .get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Each failure has its own receiver; what is still open is given up next.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
