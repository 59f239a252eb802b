package io.laundrybridge.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.test.contract.SourceTape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that each reason why a table cannot be read is one sentence, and that reading begins once it is gone. */
class TableAccessTest extends ReadingTest {
    private final TestPostgres postgres = TestPostgres.shared();

    @Test
    void aMissingTableIsWaitedFor() {
        PostgresTable table = postgres.missingTable();
        SourceTape tape = read(postgres.source(table)).awaitStale("Table '" + table.name() + "' does not exist");
        postgres.create(table);
        postgres.insert(table, "m-1", "a");
        tape.awaitRecords(1).awaitCall("fresh");
    }

    @Test
    void missingRightsAreNamedOneAfterTheOther() {
        PostgresTable table = postgres.newTable();
        String user = "reader_" + table.name().substring("public.".length());
        postgres.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'secret'");
        postgres.insert(table, "m-1", "a");
        SourceTape tape = read(source(table, user, "secret"));
        tape.awaitStale("grant it SELECT on the sequence");
        postgres.execute("GRANT SELECT ON SEQUENCE " + table.name() + "_id_seq TO " + user);
        tape.awaitStale("grant its user USAGE on the schema and SELECT on the table");
        postgres.execute("GRANT SELECT ON " + table.name() + " TO " + user);
        assertThat(tape.awaitRecords(1).texts()).containsExactly("m-1=a");
        postgres.execute("REVOKE SELECT ON " + table.name() + " FROM " + user);
        tape.await(
                "stale again", told -> told.calls().get(told.calls().size() - 1).contains("grant its user"));
    }

    @Test
    void wrongCredentialsAreNamedWithoutTheSecret() {
        PostgresTable table = postgres.newTable();
        postgres.execute("CREATE ROLE refused_" + table.name().substring("public.".length())
                + " LOGIN PASSWORD 'right' CONNECTION LIMIT 0");
        SourceTape limited = read(source(table, "refused_" + table.name().substring("public.".length()), "right"));
        limited.awaitStale("PostgreSQL has no connection left for the bridge");
        PostgresSource elsewhere = postgres.source(table, postgres.url().replace("/postgres", "/nowhere"));
        read(elsewhere).awaitStale("The database does not exist");
    }

    private PostgresSource source(PostgresTable table, String user, String password) {
        return PostgresSource.table(table, postgres.url(), Map.of("user", user, "password", password));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        id bigint GENERATED ALWAYS AS IDENTITY                | text        | is of type text
        id bigint GENERATED ALWAYS AS IDENTITY, at date       | timestamptz | has no column 'created_at'
        id uuid                                               | timestamptz | is of type uuid
        id bigint                                             | timestamptz | has no sequence of its own
        id bigint GENERATED ALWAYS AS IDENTITY (CACHE 20)     | timestamptz | does not count upwards one by one
        id bigint GENERATED ALWAYS AS IDENTITY (INCREMENT -1) | timestamptz | does not count upwards one by one
        """)
    void aTableThatCannotBeReadInOrderIsRefusedUntilItIsMended(String id, String time, String sentence) {
        PostgresTable table = postgres.missingTable();
        String timeColumn = id.contains("at date") ? "changed_at " : "created_at ";
        postgres.execute(
                "CREATE TABLE " + table.name() + " (" + id + ", machine text, report text, " + timeColumn + time + ")");
        SourceTape tape = read(postgres.source(table)).awaitStale(sentence);
        assertThat(tape.records()).isEmpty();
        postgres.execute("DROP TABLE " + table.name());
        postgres.create(table);
        postgres.insert(table, "m-1", "a");
        tape.awaitRecords(1);
    }

    @Test
    void aLockedTableIsNamedAndWaitedFor() throws Exception {
        PostgresTable table = postgres.newTable();
        SourceTape tape = read(postgres.source(table)).awaitCall("live");
        try (var locking = postgres.connect()) {
            run(locking, "BEGIN; LOCK TABLE " + table.name() + " IN ACCESS EXCLUSIVE MODE");
            tape.awaitStale("is locked by another transaction");
            run(locking, "INSERT INTO " + table.name() + " (machine, report) VALUES ('m-1', 'a'); COMMIT");
        }
        assertThat(tape.awaitRecords(1).texts()).containsExactly("m-1=a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.", ".b", "a.b.c", "a\0b"})
    void aNameThatIsNoneIsRefusedAtOnce(String name) {
        assertThatThrownBy(() -> PostgresTable.named(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUrlOfAnotherDriverIsRefusedWithoutBeingRepeated() {
        PostgresTable table = PostgresTable.named("reports");
        assertThatThrownBy(() -> PostgresSource.table(table, "jdbc:other://u:secret@host/x", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
