package io.laundrybridge.source.kafka;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.SourceRecord;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads values by one of Kafka's deserializers, for example a schema registry's. Its method {@link #decode} is a {@code
 * ValueDecoder} of the encode step: {@code KafkaDecoder.of(new ProtobufDeserializer())::decode}.
 *
 * <p><b>Threads.</b> Thread-safe, whatever the deserializer is: it is called by one thread at a time. Replayed and live
 * records therefore wait for each other; one decoder per channel keeps channels apart. The deserializer must be
 * configured already, and is closed by the code that made it.
 *
 * <p><b>Failures.</b> A deserializer that cannot reach its registry is worth another try: the channel waits and no
 * record is lost ({@link RetriableDecodeException}). Such a failure is, or is caused by, Kafka's {@link
 * RetriableException} (its timeouts too), {@link SocketException}, {@link UnknownHostException}, {@link
 * InterruptedIOException} (its timeouts too) and {@link TimeoutException}. Any other failure makes the record
 * undecodable: damaged bytes are an {@code IOException} as well, and a channel must not wait for them. {@link
 * #of(Deserializer, Predicate)} adds other failures.
 */
public final class KafkaDecoder<T> {
    private static final int LONGEST_CHAIN = 32;

    private final Deserializer<? extends T> deserializer;
    private final Predicate<? super Throwable> retriable;

    private KafkaDecoder(Deserializer<? extends T> deserializer, Predicate<? super Throwable> retriable) {
        this.deserializer = deserializer;
        this.retriable = retriable;
    }

    /**
     * {@return a decoder that asks {@code deserializer}, handing it topic, headers and bytes of the record}
     *
     * @param <T> what a value becomes
     * @param deserializer configured already; its owner closes it
     */
    public static <T> KafkaDecoder<T> of(Deserializer<? extends T> deserializer) {
        return of(deserializer, failure -> false);
    }

    /**
     * {@return a decoder for which {@code retriable} names more failures that are worth another try} For example a
     * registry's answer 503: {@code failure -> failure instanceof RestClientException answer && answer.getStatus() >=
     * 500}. The predicate gets what was thrown and each cause of it.
     *
     * @param <T> what a value becomes
     * @param deserializer configured already; its owner closes it
     * @param retriable whether a failure is worth another try
     */
    public static <T> KafkaDecoder<T> of(
            Deserializer<? extends T> deserializer, Predicate<? super Throwable> retriable) {
        return new KafkaDecoder<>(deserializer, retriable);
    }

    /**
     * {@return the object that {@code record}'s value encodes, or null if the record has no value}
     *
     * @param record the record
     * @throws RetriableDecodeException if the deserializer could not reach what it needs
     * @throws org.apache.kafka.common.errors.SerializationException most often, if the bytes are not what the
     *     deserializer expects
     */
    public synchronized @Nullable T decode(SourceRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return null;
        }
        try {
            return deserializer.deserialize(record.topic(), headers(record), value);
        } catch (RuntimeException e) {
            if (mayPass(e)) {
                throw new RetriableDecodeException(
                        "The schema registry or another service that decodes topic '" + record.topic()
                                + "' does not answer; its channels wait for it",
                        e);
            }
            throw e;
        }
    }

    private boolean mayPass(Throwable thrown) {
        Throwable failure = thrown;
        for (int depth = 0; failure != null && depth < LONGEST_CHAIN; depth++) {
            if (isOutage(failure) || retriable.test(failure)) {
                return true;
            }
            failure = failure.getCause();
        }
        return false;
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof RetriableException
                || failure instanceof InterruptException
                || failure instanceof SocketException
                || failure instanceof UnknownHostException
                || failure instanceof InterruptedIOException
                || failure instanceof TimeoutException;
    }

    /** Converts on every call, because Kafka's public API has no view of a record's headers. */
    private static Headers headers(SourceRecord record) {
        Headers headers = new ProducerRecord<byte[], byte[]>(record.topic(), record.value()).headers();
        record.headers().forEach(header -> headers.add(header.name(), header.value()));
        return headers;
    }
}
