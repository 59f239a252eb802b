package io.laundrybridge.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.contract.SourceTape;
import org.junit.jupiter.api.Test;

/** Tests that a table whose rows are void starts over, and that one which lost old rows does not. */
class TableLifeTest extends ReadingTest {
    private final TestPostgres postgres = TestPostgres.shared();
    private final PostgresTable table = postgres.newTable();
    private final PostgresSource source = postgres.source(table);

    private SourceTape readTwo() {
        postgres.insert(table, "m-1", "a");
        postgres.insert(table, "m-1", "b");
        return read(source).awaitRecords(2);
    }

    private static void startedOver(SourceTape tape, String call) {
        tape.awaitCall(call);
        assertThat(tape.texts()).containsExactly("m-1=a", "m-1=b", "m-1=new");
        assertThat(tape.gaps()).isEmpty();
    }

    @Test
    void aTableThatWasMadeAgainIsAReset() {
        SourceTape tape = readTwo();
        postgres.execute("DROP TABLE " + table.name());
        tape.awaitStale("does not exist");
        postgres.create(table);
        postgres.insert(table, "m-1", "new");
        tape.awaitRecords(3);
        startedOver(tape, "reset epoch");
        assertThat(tape.starts()).extracting("epoch").doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void aTruncatedTableIsAReset() {
        SourceTape tape = readTwo();
        postgres.execute("TRUNCATE " + table.name());
        postgres.insert(table, "m-1", "new");
        tape.awaitRecords(3);
        startedOver(tape, "reset epoch");
    }

    @Test
    void aTruncatedTableWhoseIdsBeginAgainIsAReset() {
        SourceTape tape = readTwo();
        postgres.execute("TRUNCATE " + table.name() + " RESTART IDENTITY");
        postgres.insert(table, "m-1", "new");
        tape.awaitRecords(3);
        startedOver(tape, "reset epoch");
        assertThat(tape.records().get(2).offset()).isZero();
    }

    @Test
    void aSequenceThatWentBackIsAReset() {
        SourceTape tape = readTwo();
        postgres.execute("DELETE FROM " + table.name() + "; SELECT setval(pg_get_serial_sequence('" + table.name()
                + "', 'id'), 0, false); INSERT INTO " + table.name() + " (machine, report) VALUES ('m-1', 'new')");
        tape.awaitRecords(3);
        startedOver(tape, "reset truncated");
    }

    @Test
    void deletedRowsAreNoResetForAReaderThatHadThem() {
        SourceTape tape = readTwo();
        postgres.execute("DELETE FROM " + table.name());
        postgres.insert(table, "m-1", "new");
        tape.awaitRecords(3);
        assertThat(tape.starts()).hasSize(1);
        assertThat(tape.gaps()).isEmpty();
    }

    @Test
    void everyNodeNamesTheSameLife() {
        SourceTape tape = readTwo();
        SourceTape other = read(postgres.source(table)).awaitRecords(2);
        assertThat(other.starts()).isEqualTo(tape.starts());
    }

    @Test
    void anEmptiedTableEndsWhereItsSequenceIs() {
        postgres.insert(table, "m-1", "a");
        postgres.insert(table, "m-1", "b");
        postgres.execute("DELETE FROM " + table.name());
        SourceTape tape = read(source).awaitCall("live");
        assertThat(tape.starts().get(0).start().next(0)).isEqualTo(2);
    }
}
