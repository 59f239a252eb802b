package io.laundrybridge.example.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.example.database.capture.CaptureState;
import io.laundrybridge.example.database.capture.CaptureState.State;
import io.laundrybridge.test.Await;
import io.laundrybridge.view.debezium.DebeziumView;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every committed row becomes one record, or the log names the loss, if a part is away meanwhile. */
@Tag("kafka")
class CaptureLosesNothingTest {
    private static final int SNAPSHOT_ROWS = Integer.getInteger("snapshot.rows", 20_000);

    private final CaptureStage stage = new CaptureStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void everyRowIsOneRecordThoughDatabaseKafkaAndCaptureRestart() throws Exception {
        stage.sql("create table row_log (id int primary key)");
        stage.capture();
        try (RowWriter writer = new RowWriter(stage.database, "row_log").start()) {
            writer.awaitMore(50);
            stage.database.restart();
            writer.awaitMore(50);
            stage.await(State.STREAMING);
            stage.kafka.stopBroker(0);
            writer.awaitMore(100);
            stage.kafka.startBroker(0);
            stage.await(State.STREAMING);
            writer.awaitMore(50);
            stage.stopCapture();
            writer.awaitMore(50);
            stage.capture();
            writer.awaitMore(50);
            stage.database.stop();
            stage.await(State.AWAY);
            stage.database.restart();
            stage.await(State.STREAMING);
            writer.awaitMore(50);
        }
        List<Integer> committed = ids("row_log");
        List<Integer> captured = capturedIds("row_log", committed.size());
        assertThat(twice("row_log")).isEmpty();
        assertThat(captured).containsExactlyInAnyOrderElementsOf(committed);
        assertThat(stage.states)
                .extracting(CaptureState::state)
                .contains(State.AWAY)
                .doesNotContain(State.CHANGES_LOST);
    }

    @Test
    void aLostSlotIsNamedAndAllRowsAreCopiedAgain() throws Exception {
        stage.sql("create table kept (id int primary key)", "insert into kept values (1), (2)");
        stage.capture();
        stage.records("kept", 2);
        stage.stopCapture();
        Await.until("the slot is free", CaptureStage.PATIENCE, () -> {
            try {
                stage.sql("select pg_drop_replication_slot('" + CaptureStage.NAME + "')");
                return true;
            } catch (SQLException stillInUse) {
                return false;
            }
        });
        stage.sql("delete from kept where id = 1", "insert into kept values (3)");
        stage.capture();
        assertThat(stage.states)
                .anyMatch(state -> state.state() == State.CHANGES_LOST
                        && state.message().contains("'" + CaptureStage.NAME + "'")
                        && state.message().contains("deletions since then are unknown"));
        assertThat(capturedIds("kept", 4)).containsExactlyInAnyOrder(1, 2, 2, 3);
        stage.sql("insert into kept values (4)");
        assertThat(capturedIds("kept", 5)).contains(4);
    }

    /** A million with {@code -Dsnapshot.rows=1000000}; a heap of 14 GiB is enough, as the test keeps all. */
    @Test
    void aSnapshotHasEveryRowOnce() throws Exception {
        stage.sql(
                "create table many (id int primary key, text text)",
                "insert into many select n, 'row ' || n from generate_series(1, " + SNAPSHOT_ROWS + ") n");
        long begin = System.nanoTime();
        stage.capture();
        List<Integer> captured = capturedIds("many", SNAPSHOT_ROWS);
        System.out.printf("A snapshot of %d rows took %d ms%n", SNAPSHOT_ROWS, (System.nanoTime() - begin) / 1_000_000);
        assertThat(captured).doesNotHaveDuplicates().hasSize(SNAPSHOT_ROWS);
    }

    @Test
    void aRowThatIsTooLargeForKafkaIsNotedAndTheNextOnesArrive() throws Exception {
        stage.sql("create table large (id int primary key, text text)");
        stage.capture();
        stage.sql(
                "insert into large values (1, repeat('x', 10 * 1024 * 1024))",
                "insert into large values (2, repeat('x', 14 * 1024 * 1024))",
                "insert into large values (3, 'small')");
        List<SourceRecord> records = stage.records("large", 3);
        assertThat(records.stream()
                        .map(record -> Objects.requireNonNull(record.value()).length / (1 << 20))
                        .toList())
                .containsExactlyInAnyOrder(10, 0, 0);
        assertThat(records)
                .anyMatch(record -> new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8)
                        .startsWith("{\"too_large\":"));
    }

    private List<Integer> capturedIds(String table, int count) {
        List<Integer> ids = new ArrayList<>();
        for (SourceRecord record : stage.records(table, count)) {
            if (record.value() != null) {
                SourceRecord row = Objects.requireNonNull(DebeziumView.after().view(record));
                ids.add(Integer.valueOf(Objects.requireNonNull(row.keyText())));
            }
        }
        return ids;
    }

    /** Returns the records of rows that have more than one, with the marks that say where they come from. */
    private List<String> twice(String table) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (SourceRecord record : stage.records(table, 0)) {
            SourceRecord row = Objects.requireNonNull(DebeziumView.after().view(record));
            rows.computeIfAbsent(String.valueOf(row.keyText()), key -> new ArrayList<>())
                    .add(record.partition() + "@" + record.offset() + " "
                            + new String(Objects.requireNonNull(row.value()), StandardCharsets.UTF_8));
        }
        return rows.values().stream()
                .filter(records -> records.size() > 1)
                .map(String::valueOf)
                .toList();
    }

    private List<Integer> ids(String table) throws SQLException {
        List<Integer> ids = new ArrayList<>();
        try (Connection connection = stage.database.address().connect();
                PreparedStatement query = connection.prepareStatement("select id from " + table);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
        }
        return ids;
    }

    /** Inserts rows 1, 2, ... one by one, and each until the database says that it is there. */
    private static final class RowWriter implements AutoCloseable {
        private final EmbeddedDatabase database;
        private final String table;
        private final AtomicInteger written = new AtomicInteger();
        private final Thread thread = new Thread(this::run, "row-writer");
        private volatile boolean closed;

        private RowWriter(EmbeddedDatabase database, String table) {
            this.database = database;
            this.table = table;
        }

        private RowWriter start() {
            thread.start();
            return this;
        }

        private void run() {
            while (!closed) {
                try (Connection connection = database.address().connect();
                        PreparedStatement insert = connection.prepareStatement(
                                "insert into " + table + " values (?) on conflict do nothing")) {
                    while (!closed) {
                        insert.setInt(1, written.get() + 1);
                        insert.executeUpdate();
                        written.incrementAndGet();
                        Thread.sleep(2);
                    }
                } catch (SQLException away) {
                    Thread.onSpinWait();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        void awaitMore(int rows) {
            int until = written.get() + rows;
            Await.until(until + " rows are written", CaptureStage.PATIENCE, () -> written.get() >= until);
        }

        @Override
        public void close() {
            closed = true;
            Await.until("the writer has ended", CaptureStage.PATIENCE, () -> !thread.isAlive());
        }
    }
}
