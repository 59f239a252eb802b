package io.laundrybridge.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.contract.SourceTape;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that rows of transactions that overlap are all handed over, in the order of their ids. */
class OpenTransactionsTest extends ReadingTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final TestPostgres postgres = TestPostgres.shared();
    private final PostgresTable table = postgres.newTable();
    private final PostgresSource source = postgres.source(table);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Connection early;

    OpenTransactionsTest() throws SQLException {
        this.early = postgres.connect();
    }

    @BeforeEach
    void begin() {
        run(early, "BEGIN");
    }

    @AfterEach
    void end() throws SQLException {
        early.close();
        threads.shutdownNow();
    }

    private void insertEarly(String report) {
        run(early, "INSERT INTO " + table.name() + " (machine, report) VALUES ('m-1', '" + report + "')");
    }

    /** Waits until the source has seen a later row and waits for a transaction. */
    private static void awaitWaiting(SourceTape tape) {
        tape.awaitStale("has been open for long");
    }

    @Test
    void aRowThatCommitsLaterThanTheNextOneComesFirst() {
        SourceTape tape = read(source).awaitCall("live");
        insertEarly("lower");
        postgres.insert(table, "m-1", "higher");
        awaitWaiting(tape);
        assertThat(tape.records()).isEmpty();
        run(early, "COMMIT");
        assertThat(tape.awaitRecords(2).texts()).containsExactly("m-1=lower", "m-1=higher");
        tape.awaitCall("fresh");
        assertThat(tape.gaps()).isEmpty();
    }

    @Test
    void aRowThatIsRolledBackIsAHoleAndHoldsNothingBackAfterwards() {
        SourceTape tape = read(source).awaitCall("live");
        insertEarly("never");
        postgres.insert(table, "m-1", "higher");
        awaitWaiting(tape);
        run(early, "ROLLBACK");
        assertThat(tape.awaitRecords(1).texts()).containsExactly("m-1=higher");
        assertThat(tape.gaps()).isEmpty();
    }

    @Test
    void aPreparedTransactionIsWaitedForWithoutItsConnection() throws SQLException {
        // PostgreSQL prepares no transaction that notifies.
        postgres.execute("DROP TRIGGER laundry_bridge_notify ON " + table.name());
        SourceTape tape = read(source).awaitCall("live");
        insertEarly("lower");
        String name = "prepared-" + table.name();
        run(early, "PREPARE TRANSACTION '" + name + "'");
        early.close();
        postgres.insert(table, "m-1", "higher");
        awaitWaiting(tape);
        postgres.execute("COMMIT PREPARED '" + name + "'");
        assertThat(tape.awaitRecords(2).texts()).containsExactly("m-1=lower", "m-1=higher");
    }

    /** The id is taken before the trigger runs, and the transaction's number after it. */
    @Test
    void anIdIsWaitedForFromTheMomentItIsTaken() throws Exception {
        postgres.insert(table, "m-1", "the first id takes a number for its transaction, the next ones do not");
        SourceTape tape = read(source).awaitRecords(1);
        postgres.execute("CREATE FUNCTION slow_" + suffix() + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " PERFORM pg_advisory_lock(" + suffix() + "); PERFORM pg_advisory_unlock(" + suffix()
                + "); RETURN NEW; END $$; CREATE TRIGGER slow BEFORE INSERT ON " + table.name()
                + " FOR EACH ROW WHEN (NEW.machine = 'slow') EXECUTE FUNCTION slow_" + suffix() + "()");
        run(early, "SELECT pg_advisory_lock(" + suffix() + ")");
        Future<?> insert = threads.submit(() -> postgres.insert(table, "slow", "lower"));
        Await.until(
                "the insert stands in its trigger",
                DEADLINE,
                () -> postgres.ask(
                                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = "
                                        + suffix())
                        .equals("1"));
        assertThat(postgres.ask("SELECT count(*) FROM pg_locks l JOIN pg_locks w USING (pid) WHERE w.locktype ="
                        + " 'advisory' AND NOT w.granted AND w.objid = " + suffix()
                        + " AND l.locktype = 'transactionid'"))
                .as("transaction numbers of the insert")
                .isEqualTo("0");
        postgres.insert(table, "m-1", "higher");
        awaitWaiting(tape);
        assertThat(tape.records()).hasSize(1);
        run(early, "SELECT pg_advisory_unlock(" + suffix() + ")");
        insert.get();
        assertThat(tape.awaitRecords(3).texts()).endsWith("slow=lower", "m-1=higher");
    }

    private String suffix() {
        return table.name().substring(table.name().lastIndexOf('_') + 1);
    }

    @Test
    void aLongTransactionThatTakesNoIdHoldsNothingBack() {
        postgres.insert(table, "m-1", "a");
        SourceTape tape = read(source).awaitRecords(1);
        run(early, "UPDATE " + table.name() + " SET machine = machine");
        postgres.insert(table, "m-1", "b");
        postgres.insert(table, "m-1", "c");
        assertThat(tape.awaitRecords(3).texts()).containsExactly("m-1=a", "m-1=b", "m-1=c");
        assertThat(tape.calls()).noneMatch(call -> call.startsWith("stale"));
    }

    @Test
    void readingThatBeginsMeanwhileBeginsBeforeTheOpenRow() {
        insertEarly("lower");
        postgres.insert(table, "m-1", "higher");
        SourceTape tape = read(source);
        awaitWaiting(tape);
        assertThat(tape.starts()).isEmpty();
        run(early, "COMMIT");
        assertThat(tape.awaitCall("live").texts()).containsExactly("m-1=lower", "m-1=higher");
    }

    @Test
    void everyCommittedRowOfManyWritersComesOnceAndInOrder() throws Exception {
        long seed = System.nanoTime();
        Set<String> committed = new ConcurrentSkipListSet<>();
        SourceTape tape = read(source).awaitCall("live");
        List<Callable<Void>> writers = new ArrayList<>();
        for (int w = 0; w < 8; w++) {
            Random random = new Random(seed + w);
            int writer = w;
            writers.add(() -> write(writer, random, committed));
        }
        for (Future<Void> done : threads.invokeAll(writers)) {
            done.get();
        }
        tape.await("the rows of seed " + seed, read -> read.records().size() >= committed.size());
        List<Long> ids = tape.records().stream().map(SourceRecord::offset).toList();
        assertThat(ids).as("seed " + seed).isSorted().doesNotHaveDuplicates();
        assertThat(tape.texts()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(committed);
        assertThat(tape.gaps()).isEmpty();
    }

    private Void write(int writer, Random random, Set<String> committed) throws SQLException {
        String insert = "INSERT INTO " + table.name() + " (machine, report) VALUES ('";
        try (Connection connection = postgres.connect()) {
            for (int i = 0; i < 60; i++) {
                List<String> rows = new ArrayList<>();
                run(connection, "BEGIN");
                for (int row = random.nextInt(3); row >= 0; row--) {
                    rows.add("m-" + writer + "=" + i + "." + row);
                    run(connection, insert + "m-" + writer + "', '" + i + "." + row + "')");
                    run(connection, "SELECT pg_sleep(" + random.nextInt(5) / 1000.0 + ")");
                }
                if (random.nextInt(4) == 0) {
                    run(connection, "SAVEPOINT s; " + insert + "m-x', 'never'); ROLLBACK TO s");
                }
                boolean commits = random.nextInt(5) != 0;
                run(connection, commits ? "COMMIT" : "ROLLBACK");
                committed.addAll(commits ? rows : List.of());
            }
        }
        return null;
    }
}
