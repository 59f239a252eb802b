package io.laundrybridge.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.test.contract.SourceTape;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests which record a row becomes. */
class RowsAsRecordsTest extends ReadingTest {
    private final TestPostgres postgres = TestPostgres.shared();

    @Test
    void aJsonColumnKeepsTheDigitsOfItsNumbers() {
        PostgresTable table = table(
                "report jsonb",
                "INSERT INTO %s (machine, report, created_at) VALUES"
                        + " ('m-1', '{\"kWh\": 12345678901234567890.10}', '2026-11-29T12:00:00.0009Z')");
        SourceRecord record =
                read(postgres.source(table)).awaitRecords(1).records().get(0);
        assertThat(record.keyText()).isEqualTo("m-1");
        assertThat(text(record)).isEqualTo("{\"kWh\": 12345678901234567890.10}");
        assertThat(record.timestamp())
                .isEqualTo(Instant.parse("2026-11-29T12:00:00Z").toEpochMilli());
        assertThat(record.topic()).isEqualTo(table.name());
    }

    private PostgresTable table(String column, String... inserts) {
        PostgresTable table = postgres.missingTable();
        postgres.execute("CREATE TABLE " + table.name() + " (id bigserial PRIMARY KEY, machine text, " + column
                + ", created_at timestamptz DEFAULT now())");
        postgres.execute(table.triggerSql());
        for (String insert : inserts) {
            postgres.execute(insert.formatted(table.name()));
        }
        return table;
    }

    private static String text(SourceRecord record) {
        return record.value() == null ? "null" : new String(record.value(), StandardCharsets.UTF_8);
    }

    @Test
    void withoutAValueColumnTheRowIsJson() {
        PostgresTable named = table(
                "\"power W\" numeric",
                "INSERT INTO %s (machine, \"power W\", created_at) VALUES"
                        + " ('m-1', 2000.50, '2026-11-29T13:00:00+01')");
        PostgresTable table = PostgresTable.named(named.name());
        SourceRecord record =
                read(postgres.source(table)).awaitRecords(1).records().get(0);
        assertThat(text(record))
                .isEqualTo("{\"id\":1,\"machine\":\"m-1\",\"power W\":2000.50,"
                        + "\"created_at\":\"2026-11-29T12:00:00+00:00\"}");
        assertThat(record.key()).isNull();
    }

    @Test
    void anSqlNullIsADeletionAndOddTimesAreNone() {
        PostgresTable table = table(
                "report jsonb", "INSERT INTO %s (machine, created_at) VALUES ('m-1', 'infinity')," + " (NULL, NULL)");
        SourceTape tape = read(postgres.source(table)).awaitRecords(2);
        assertThat(tape.records()).allMatch(record -> record.value() == null && record.timestamp() == -1);
        assertThat(tape.texts()).containsExactly("m-1=null", "null=null");
    }

    @Test
    void aNotificationCarriesNoPayloadSoRowsMayBeLong() {
        PostgresTable table = postgres.newTable();
        SourceTape tape = read(postgres.source(table)).awaitCall("live");
        String report = "x".repeat(500_000);
        postgres.insert(table, "m-1", report);
        assertThat(text(tape.awaitRecords(1).records().get(0))).isEqualTo(report);
    }

    @Test
    void aRowThatIsTooLongIsAGapAndTheNextOneComes() {
        PostgresTable table = postgres.newTable();
        SourceTape tape = read(postgres.source(table)).awaitCall("live");
        postgres.execute("INSERT INTO " + table.name() + " (machine, report) VALUES ('m-1', repeat('x', 10000000)),"
                + " ('m-1', 'short')");
        assertThat(tape.awaitRecords(1).texts()).containsExactly("m-1=short");
        assertThat(tape.gaps()).containsExactly(Gap.of(0, 0, 1, GapReason.TOO_LARGE));
    }

    @Test
    void namesAreNeverReadAsSql() {
        String odd = "re\"ports'; DROP TABLE x; --";
        postgres.execute("CREATE TABLE \"re\"\"ports'; DROP TABLE x; --\" (\"i d\" bigserial, \"k\"\"ey\" text,"
                + " \"; SELECT 1\" text, \"at'\" timestamp DEFAULT now())");
        PostgresTable table = PostgresTable.named(odd)
                .withId("i d")
                .withKey("k\"ey")
                .withValue("; SELECT 1")
                .withTimestamp("at'")
                .withChannel("chan\"nel'");
        postgres.execute(table.triggerSql());
        SourceTape tape = read(postgres.source(table), HOUR).awaitCall("live");
        postgres.execute(
                "INSERT INTO \"re\"\"ports'; DROP TABLE x; --\" (\"k\"\"ey\", \"; SELECT 1\") VALUES ('ä', 'ö')");
        assertThat(tape.awaitRecords(1).texts()).containsExactly("ä=ö");
    }

    @Test
    void aPartitionedTableIsOneStream() {
        PostgresTable table = postgres.missingTable();
        postgres.execute("CREATE TABLE " + table.name() + " (id bigint GENERATED ALWAYS AS IDENTITY, machine text,"
                + " report text, created_at timestamptz DEFAULT now()) PARTITION BY HASH (id);"
                + " CREATE TABLE " + table.name() + "_0 PARTITION OF " + table.name()
                + " FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
                + " CREATE TABLE " + table.name() + "_1 PARTITION OF " + table.name()
                + " FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
        SourceTape tape = read(postgres.source(table)).awaitCall("live");
        postgres.execute(
                "INSERT INTO " + table.name() + " (machine, report) SELECT 'm', i FROM generate_series(1, 20) i");
        assertThat(tape.awaitRecords(20).records())
                .extracting(SourceRecord::offset)
                .isSorted();
    }

    @Test
    void aTableOfManyPagesIsReadToItsEnd() {
        PostgresTable table = postgres.newTable();
        postgres.execute(
                "INSERT INTO " + table.name() + " (machine, report) SELECT 'm', i FROM generate_series(1, 5000) i");
        SourceTape tape = read(postgres.source(table)).awaitCall("live");
        assertThat(tape.records()).hasSize(5000);
    }
}
