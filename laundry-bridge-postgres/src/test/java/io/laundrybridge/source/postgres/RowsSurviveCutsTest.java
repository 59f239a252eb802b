package io.laundrybridge.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.network.TcpProxy;
import java.sql.Connection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that every committed row comes once while connections are cut and ended at random places. */
class RowsSurviveCutsTest extends ReadingTest {
    private static final int WRITERS = 4;
    private static final int ROWS = 250;

    private final TestPostgres postgres = TestPostgres.shared();
    private final PostgresTable table = postgres.newTable();
    private final long seed = System.nanoTime();

    @Test
    void everyCommittedRowComesOnceThoughTheLineIsCut() throws Exception {
        Set<String> committed = new ConcurrentSkipListSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (TcpProxy line = TcpProxy.to(postgres.port())) {
            SourceTape tape = read(postgres.source(table, "jdbc:postgresql://127.0.0.1:" + line.port() + "/postgres"))
                    .awaitCall("live");
            List<Future<?>> writing = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> write(writer, committed)))
                    .toList();
            Random random = new Random(seed);
            while (!writing.stream().allMatch(Future::isDone)) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
                if (random.nextBoolean()) {
                    line.reset();
                } else {
                    postgres.ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                            + " WHERE application_name = 'laundry-bridge " + table.name() + "'");
                }
            }
            for (Future<?> each : writing) {
                each.get();
            }
            tape.await("the rows of seed " + seed, read -> read.records().size() >= committed.size());
            assertThat(tape.records())
                    .extracting(SourceRecord::offset)
                    .as("seed " + seed)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(tape.texts()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(committed);
            assertThat(tape.gaps()).isEmpty();
            assertThat(tape.starts()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private Void write(int writer, Set<String> committed) throws Exception {
        Random random = new Random(seed + writer);
        try (Connection connection = postgres.connect()) {
            for (int row = 0; row < ROWS; row++) {
                boolean commits = random.nextInt(6) != 0;
                run(
                        connection,
                        "BEGIN; INSERT INTO " + table.name() + " (machine, report) VALUES ('m-" + writer + "', '"
                                + row + "'); SELECT pg_sleep(" + random.nextInt(20) / 1000.0 + "); "
                                + (commits ? "COMMIT" : "ROLLBACK"));
                if (commits) {
                    committed.add("m-" + writer + "=" + row);
                }
            }
        }
        return null;
    }
}
