package io.laundrybridge.test.delivery;

import io.laundrybridge.test.kafka.CommittedRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A fingerprint of key and value, equal for equal records; blanks between JSON tokens do not matter. */
final class EventContent {
    private static final JsonMapper JSON = new JsonMapper();

    private EventContent() {}

    /** Of a record in Kafka. */
    static int of(CommittedRecord record) {
        return of(record.key(), JSON.readTree(record.value() == null ? "null" : record.value()));
    }

    /** Of an event on the wire. */
    static int of(@Nullable String key, JsonNode value) {
        return (key + "\n" + value).hashCode();
    }
}
