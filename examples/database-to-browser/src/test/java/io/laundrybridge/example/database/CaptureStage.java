package io.laundrybridge.example.database;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.example.database.capture.CaptureSettings;
import io.laundrybridge.example.database.capture.CaptureState;
import io.laundrybridge.example.database.capture.ChangeCapture;
import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL, a real Kafka, and Debezium between them. */
final class CaptureStage implements AutoCloseable {
    static final String NAME = "t";
    static final Duration PATIENCE = Duration.ofSeconds(90);

    final EmbeddedDatabase database = EmbeddedDatabase.start();
    final InProcessKafka kafka = InProcessKafka.start();
    final List<CaptureState> states = new CopyOnWriteArrayList<>();
    private @Nullable ChangeCapture capture;

    CaptureStage capture() {
        return capture(settings -> settings);
    }

    CaptureStage capture(UnaryOperator<CaptureSettings> change) {
        CaptureSettings settings = CaptureSettings.of(NAME, database.address(), clients());
        capture = ChangeCapture.start(change.apply(settings), states::add);
        await(CaptureState.State.STREAMING);
        return this;
    }

    Map<String, Object> clients() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    void await(CaptureState.State state) {
        Await.until(
                "the capture is " + state + " after " + states,
                PATIENCE,
                () -> capture != null && capture.state().state() == state);
    }

    void stopCapture() {
        if (capture != null) {
            capture.close();
        }
    }

    void sql(String... statements) throws SQLException {
        try (Connection connection = database.address().connect();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    /** Returns the committed records of a table's topic once there are {@code count}. */
    List<SourceRecord> records(String table, int count) {
        Await.until(
                count + " records of " + table,
                PATIENCE,
                () -> kafkaHas(table) && committed(table).size() >= count);
        return committed(table).stream().map(record -> record(table, record)).toList();
    }

    private boolean kafkaHas(String table) throws Exception {
        try (Admin admin = Admin.create(clients())) {
            return admin.listTopics().names().get().contains(topic(table));
        }
    }

    private List<CommittedRecord> committed(String table) {
        return CommittedRead.of(kafka.bootstrapServers(), topic(table));
    }

    static String topic(String table) {
        return NAME + ".public." + table;
    }

    private static SourceRecord record(String table, CommittedRecord record) {
        return new SourceRecord(
                topic(table),
                record.partition(),
                record.offset(),
                0,
                0,
                bytes(record.key()),
                bytes(record.value()),
                List.of());
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        stopCapture();
        kafka.close();
        database.close();
    }
}
