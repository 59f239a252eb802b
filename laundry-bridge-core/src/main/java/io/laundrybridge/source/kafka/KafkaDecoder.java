package io.laundrybridge.source.kafka;

import io.laundrybridge.event.SourceRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads values by one of Kafka's deserializers, for example a schema registry's. Its method {@link #decode} is a
 * {@code ValueDecoder} of the encode step: {@code KafkaDecoder.of(new ProtobufDeserializer())::decode}.
 *
 * <p>As thread-safe as the deserializer, which most often is not: give each channel its own. The deserializer must be
 * configured already, and is closed by who made it.
 */
public final class KafkaDecoder<T> {
    private final Deserializer<? extends T> deserializer;

    private KafkaDecoder(Deserializer<? extends T> deserializer) {
        this.deserializer = deserializer;
    }

    /** A decoder that asks {@code deserializer}, handing it topic, headers and bytes of the record. */
    public static <T> KafkaDecoder<T> of(Deserializer<? extends T> deserializer) {
        return new KafkaDecoder<>(deserializer);
    }

    /**
     * The object that {@code record}'s value writes, or null if it has none.
     *
     * @throws org.apache.kafka.common.errors.SerializationException most often, if the bytes are not what the
     *     deserializer expects
     */
    public @Nullable T decode(SourceRecord record) {
        byte[] value = record.value();
        return value == null ? null : deserializer.deserialize(record.topic(), headers(record), value);
    }

    /** Kafka's public API makes headers for a record only. */
    private static Headers headers(SourceRecord record) {
        Headers headers = new ProducerRecord<byte[], byte[]>(record.topic(), record.value()).headers();
        record.headers().forEach(header -> headers.add(header.name(), header.value()));
        return headers;
    }
}
