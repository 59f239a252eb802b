package io.laundrybridge.example.database.streams;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.view.debezium.DebeziumView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads reports as Debezium writes them, with the bridge's own view. Reports are not written. Thread-safe. */
final class ReportSerde implements Serde<MachineReport> {
    private static final ObjectMapper JSON = JsonMapper.shared();

    private final DebeziumView view = DebeziumView.after().withoutMarks();

    @Override
    public Serializer<MachineReport> serializer() {
        throw new UnsupportedOperationException("the database writes reports");
    }

    /** {@inheritDoc} It returns null for a deletion, and throws for what is no report. */
    @Override
    public Deserializer<MachineReport> deserializer() {
        return (topic, bytes) -> bytes == null ? null : report(topic, bytes);
    }

    private @Nullable MachineReport report(String topic, byte[] bytes) {
        try {
            SourceRecord row =
                    view.view(new SourceRecord(topic, 0, 0, PositionVector.NO_EPOCH, 0, null, bytes, List.of()));
            byte[] value = row == null ? null : row.value();
            return value == null ? null : report(JSON.readTree(value));
        } catch (RuntimeException e) {
            throw new SerializationException("This is no report of a machine", e);
        }
    }

    private static MachineReport report(JsonNode row) {
        return new MachineReport(
                row.required("machine").asString(),
                row.required("site").asString(),
                time(row.required("at").asString()),
                row.required("state").asString(),
                text(row, "programme"),
                row.required("power_watts").asInt(),
                new BigDecimal(row.required("energy_kwh").asString()),
                text(row, "alarm"));
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static @Nullable String text(JsonNode row, String field) {
        JsonNode value = row.path(field);
        return value.isString() ? value.asString() : null;
    }
}
