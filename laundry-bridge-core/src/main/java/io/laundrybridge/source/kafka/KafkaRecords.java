package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Converts Kafka's records into the bridge's, without copying their bytes. */
final class KafkaRecords {
    private KafkaRecords() {}

    static SourceRecord sourceRecord(ConsumerRecord<byte[], byte[]> record) {
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.leaderEpoch().orElse(PositionVector.NO_EPOCH),
                record.timestamp(),
                record.key(),
                record.value(),
                headers(record.headers()));
    }

    private static List<SourceRecord.Header> headers(Headers headers) {
        if (!headers.iterator().hasNext()) {
            return List.of();
        }
        List<SourceRecord.Header> copied = new ArrayList<>();
        for (Header header : headers) {
            copied.add(new SourceRecord.Header(header.key(), header.value()));
        }
        return List.copyOf(copied);
    }
}
