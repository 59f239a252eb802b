package io.laundrybridge.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.SourceRecord.Header;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.publish.RecordSink;
import io.laundrybridge.test.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to a topic under test. */
final class Publishes implements AutoCloseable {
    private static final byte[] MID = UUID.randomUUID().toString().getBytes(UTF_8);
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RecordSink.Connection connection;

    private Publishes(RecordSink.Connection connection) {
        this.connection = connection;
    }

    static Publishes to(String topic, String bootstrapServers) {
        return to(topic, Map.of("bootstrap.servers", bootstrapServers));
    }

    static Publishes to(String topic, Map<String, ?> properties) {
        return to(KafkaSink.topic(topic, properties), HostServices.standard());
    }

    static Publishes to(RecordSink sink, HostServices services) {
        return new Publishes(sink.connect(services));
    }

    RecordSink.Connection connection() {
        return connection;
    }

    @SuppressWarnings("NullAway") // it does not see that components of a compiled record may be null
    CompletableFuture<RecordPlace> send(@Nullable String key, @Nullable String value) {
        return connection
                .send(new OutgoingRecord(bytes(key), bytes(value), List.of(new Header("laundry-bridge-mid", MID))))
                .toCompletableFuture();
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    /** Stores a record, and tries again while Kafka takes none. */
    RecordPlace store(String key, String value) {
        RecordPlace[] place = {null};
        Await.until("a record is stored", PATIENCE, () -> {
            place[0] = send(key, value).handle((stored, failure) -> stored).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return place[0] != null;
        });
        return place[0];
    }

    /** Waits for the failure of {@code outcome}. */
    static PublishException failure(CompletableFuture<RecordPlace> outcome) {
        Throwable failure = outcome.handle((stored, thrown) -> thrown)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(cause).as("the failure of " + outcome).isInstanceOf(PublishException.class);
        return (PublishException) cause;
    }

    /** Waits for {@code outcome}, whatever it is. */
    static void failureOrPlace(CompletableFuture<RecordPlace> outcome) {
        outcome.handle((stored, thrown) -> stored)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** Sends records until one fails as {@code expected}; earlier ones may fail otherwise. */
    void awaitFailure(Failure expected) {
        Await.until("a publish that fails with " + expected, PATIENCE, () -> {
            CompletableFuture<RecordPlace> outcome = send("k", "awaits " + expected);
            return outcome.handle((stored, thrown) ->
                            thrown instanceof PublishException failed && failed.failure() == expected)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });
    }

    void awaitTrouble(String words) {
        Await.until("trouble: " + words, PATIENCE, () -> {
            failureOrPlace(send("k", "awaits trouble"));
            return connection.trouble().contains(words);
        });
    }

    @Override
    public void close() {
        connection.close();
    }
}
