package io.laundrybridge.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.network.TcpProxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests what happens if PostgreSQL, or the way to it, is gone for a while. */
class PostgresOutageTest extends ReadingTest {

    @Test
    void aRestartLosesAndRepeatsNothing() throws Exception {
        try (TestPostgres postgres = TestPostgres.own()) {
            PostgresTable table = postgres.newTable();
            postgres.insert(table, "m-1", "before");
            SourceTape tape = read(postgres.source(table)).awaitRecords(1);
            postgres.stop();
            tape.awaitStale("PostgreSQL");
            postgres.start();
            postgres.insert(table, "m-1", "after");
            assertThat(tape.awaitRecords(2).texts()).containsExactly("m-1=before", "m-1=after");
            tape.awaitCall("fresh");
            assertThat(tape.starts()).hasSize(1);
            assertThat(tape.gaps()).isEmpty();
        }
    }

    @Test
    void rowsThatWereDeletedMeanwhileAreAGap() {
        TestPostgres postgres = TestPostgres.shared();
        PostgresTable table = postgres.newTable();
        postgres.insert(table, "m-1", "before");
        try (TcpProxy line = TcpProxy.to(postgres.port())) {
            SourceTape tape = read(postgres.source(table, throughProxy(line))).awaitRecords(1);
            line.refuse();
            tape.awaitStale("PostgreSQL does not answer");
            postgres.insert(table, "m-1", "unseen");
            postgres.execute("DELETE FROM " + table.name());
            postgres.insert(table, "m-1", "after");
            line.heal();
            assertThat(tape.awaitRecords(2).texts()).containsExactly("m-1=before", "m-1=after");
            assertThat(tape.gaps()).containsExactly(Gap.of(0, 1, 2, GapReason.RETENTION));
        }
    }

    @Test
    void aLineThatHoldsEverythingBackIsNoticedAndMadeAgain() {
        TestPostgres postgres = TestPostgres.shared();
        PostgresTable table = postgres.newTable();
        try (TcpProxy line = TcpProxy.to(postgres.port())) {
            PostgresSource source = PostgresSource.table(
                    table,
                    throughProxy(line),
                    Map.of("user", "postgres", "password", "postgres", "socketTimeout", "2", "connectTimeout", "2"));
            SourceTape tape = read(source).awaitCall("live");
            line.blackHole();
            tape.awaitStale("PostgreSQL does not answer");
            postgres.insert(table, "m-1", "meanwhile");
            line.heal();
            assertThat(tape.awaitRecords(1).texts()).containsExactly("m-1=meanwhile");
            tape.awaitCall("fresh");
        }
    }

    private static String throughProxy(TcpProxy line) {
        return "jdbc:postgresql://127.0.0.1:" + line.port() + "/postgres";
    }
}
