package io.laundrybridge.source.kafka;

import io.laundrybridge.event.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be decoded, with the reason.
 *
 * @param life the epoch of the record's topic, as in {@link TopicView#epoch}
 */
record DeadLetter(String life, SourceRecord record, String reason) {
    private static final String PLACE = "laundry-bridge-source";
    private static final int OVERHEAD = 200;

    /** Returns the record's place, which is unique: {@code EPOCH:PARTITION@OFFSET}. */
    String place() {
        return life + ":" + record.partition() + "@" + record.offset();
    }

    /** Returns the place that {@code letter} names, or null if a bridge did not write it. */
    static @Nullable String placeOf(SourceRecord letter) {
        for (SourceRecord.Header header : letter.headers()) {
            byte[] value = header.value();
            if (header.name().equals(PLACE) && value != null) {
                return new String(value, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** Returns about how much memory the letter takes. */
    int bytes() {
        return OVERHEAD + length(record.key()) + length(record.value());
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /**
     * Returns the record's key, value and headers. The added headers have the names of spring-kafka, which existing
     * tools read. The timestamp is never before the record's, so that a search from there finds the letter, even if
     * clocks differ.
     */
    ProducerRecord<byte[], byte[]> to(String topic, long now) {
        long timestamp = Math.max(now, record.timestamp());
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, null, timestamp, record.key(), record.value());
        Headers headers = letter.headers();
        record.headers().forEach(header -> headers.add(header.name(), header.value()));
        headers.add("kafka_dlt-original-topic", text(record.topic()));
        headers.add(
                "kafka_dlt-original-partition",
                ByteBuffer.allocate(Integer.BYTES).putInt(record.partition()).array());
        headers.add("kafka_dlt-original-offset", number(record.offset()));
        headers.add("kafka_dlt-original-timestamp", number(record.timestamp()));
        headers.add("kafka_dlt-exception-message", text(reason));
        headers.remove(PLACE);
        headers.add(PLACE, text(place()));
        return letter;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
