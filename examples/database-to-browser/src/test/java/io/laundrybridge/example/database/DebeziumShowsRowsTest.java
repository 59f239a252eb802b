package io.laundrybridge.example.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.view.debezium.DebeziumView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The view of core against records of the real connector. */
@Tag("kafka")
class DebeziumShowsRowsTest {
    private static final CaptureStage STAGE = new CaptureStage();
    private static final DebeziumView VIEW = DebeziumView.after();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @BeforeAll
    static void startCapture() throws SQLException {
        STAGE.sql(
                "create table seen_before (id int primary key, name text)",
                "insert into seen_before values (1, 'old')");
        STAGE.capture();
    }

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    void aRowThatWasThereBeforeIsMarkedAsASnapshot() {
        JsonNode row = row(STAGE.records("seen_before", 1).get(0));
        assertThat(row.get("name").stringValue()).isEqualTo("old");
        assertThat(row.at("/_change/op").stringValue()).isEqualTo("r");
        assertThat(row.at("/_change/snapshot").booleanValue()).isTrue();
    }

    @Test
    void insertUpdateAndDeleteAreTwoRowsAndADeletion() throws Exception {
        STAGE.sql(
                "create table machine_a (id text primary key, power int)",
                "insert into machine_a values ('m-1', 1)",
                "update machine_a set power = 2",
                "delete from machine_a");
        List<SourceRecord> records = STAGE.records("machine_a", 4);
        keep("insert-update-delete", records);
        List<SourceRecord> shown =
                records.stream().map(VIEW::view).map(Objects::requireNonNull).toList();
        assertThat(shown).allSatisfy(record -> assertThat(record.keyText()).isEqualTo("m-1"));
        assertThat(json(shown.get(0)).at("/power").intValue()).isEqualTo(1);
        assertThat(json(shown.get(1)).at("/power").intValue()).isEqualTo(2);
        assertThat(json(shown.get(1)).at("/_change/op").stringValue()).isEqualTo("u");
        assertThat(json(shown.get(1)).at("/_change/tx").stringValue()).matches("[0-9]+");
        assertThat(json(shown.get(1)).at("/_change/committed").longValue()).isGreaterThan(1_700_000_000_000L);
        assertThat(shown.get(2).value()).as("the delete").isNull();
        assertThat(shown.get(3).value()).as("the tombstone").isNull();
    }

    @Test
    void aNewKeyIsADeletionOfTheOldOne() throws Exception {
        STAGE.sql(
                "create table machine_b (site text, nr int, note text, primary key (site, nr))",
                "insert into machine_b values ('Altona', 7, 'x')",
                "update machine_b set nr = 8");
        List<SourceRecord> records = STAGE.records("machine_b", 4);
        keep("new-key", records);
        List<String> shown = records.stream()
                .map(VIEW::view)
                .map(Objects::requireNonNull)
                .map(record -> record.keyText() + (record.value() == null ? " -" : " +"))
                .distinct()
                .toList();
        assertThat(shown).containsExactlyInAnyOrder("[\"Altona\",7] +", "[\"Altona\",7] -", "[\"Altona\",8] +");
    }

    @Test
    void everyCommonTypeIsAsAPageWantsIt() throws Exception {
        STAGE.sql(
                "create type mood as enum ('happy', 'sad')",
                "create extension if not exists hstore",
                """
                create table kinds (id bigint primary key, b boolean, i2 smallint, r4 real, d8 double precision,
                    n numeric(12, 3), nfree numeric, t text, c char(3), j json, jb jsonb, ia int[], ta text[],
                    na numeric(6, 2)[], tsa timestamptz[], ts timestamp, ts3 timestamp(3), tz timestamptz, da date,
                    ti time, tiz timetz, iv interval, u uuid, by bytea, m mood, bi bit(5), bi1 bit, mo money, inet inet,
                    hs hstore, x xml, po point, nothing text)\
                """,
                """
                insert into kinds values (1, true, 2, 1.5, -0.1, 123456.500, 1234567890.123456789012345, 'ä "q"', 'abc',
                    '{"a": [1, 2.50]}', '{"b": null}', '{1,2,null}', '{a,"b c"}', '{1.10,2.25}',
                    '{"2026-11-29 12:00:00+01"}', '2026-11-29 12:34:56.123456', '2026-11-29 12:34:56.123',
                    '2026-11-29 12:34:56.123456+02', '2026-02-28', '23:59:59.5', '12:00:00+01', '1 year 2 days 3 hours',
                    '6f9619ff-8b86-d011-b42d-00cf4fc964ff', '\\xdeadbeef', 'sad', b'10110', b'1', 12.34, '10.0.0.1',
                    'a=>1', '<a/>', '(1,2)', null)\
                """,
                "insert into kinds (id, ts, tz, da) values (2, 'infinity', '-infinity', '0044-03-15 BC'),"
                        + " (3, '-infinity', 'infinity', 'infinity')");
        List<SourceRecord> records = STAGE.records("kinds", 3);
        keep("kinds", records);
        JsonNode row = rowOf(records, "1");
        assertThat(row.get("n").toString()).isEqualTo("123456.500");
        assertThat(row.get("nfree").toString()).isEqualTo("1234567890.123456789012345");
        assertThat(row.get("r4").toString()).isEqualTo("1.5");
        assertThat(row.get("j").toString()).isEqualTo("{\"a\":[1,2.50]}");
        assertThat(row.get("jb").toString()).isEqualTo("{\"b\":null}");
        assertThat(row.get("ia").toString()).isEqualTo("[1,2,null]");
        assertThat(row.get("ta").toString()).isEqualTo("[\"a\",\"b c\"]");
        assertThat(row.get("na").toString()).isEqualTo("[1.10,2.25]");
        assertThat(text(row, "ts")).isEqualTo("2026-11-29T12:34:56.123456");
        assertThat(text(row, "ts3")).isEqualTo("2026-11-29T12:34:56.123");
        assertThat(text(row, "tz")).isEqualTo("2026-11-29T10:34:56.123456Z");
        assertThat(text(row, "da")).isEqualTo("2026-02-28");
        assertThat(text(row, "ti")).isEqualTo("23:59:59.5");
        assertThat(text(row, "u")).isEqualTo("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
        assertThat(text(row, "by")).isEqualTo("3q2+7w==");
        assertThat(text(row, "m")).isEqualTo("sad");
        assertThat(text(row, "bi")).isEqualTo("10110");
        assertThat(row.get("bi1").toString()).isEqualTo("true");
        assertThat(row.get("mo").toString()).isEqualTo("12.34");
        assertThat(row.get("nothing").isNull()).isTrue();
        assertThat(row.at("/_change/unknown").isMissingNode()).isTrue();
        assertThat(text(rowOf(records, "2"), "ts")).isEqualTo("infinity");
        assertThat(text(rowOf(records, "3"), "ts")).isEqualTo("-infinity");
        assertThat(text(rowOf(records, "3"), "tz")).isEqualTo("infinity");
        assertThat(text(rowOf(records, "2"), "da")).isEqualTo("-0043-03-15");
    }

    @Test
    void aLargeColumnThatDidNotChangeIsLeftOutAndNamed() throws Exception {
        STAGE.sql(
                "create table toasted (id int primary key, n int, doc text, raw bytea)",
                "alter table toasted alter column doc set storage external",
                "alter table toasted alter column raw set storage external",
                "insert into toasted values (1, 1, repeat('x', 20000), decode(repeat('ab', 20000), 'hex'))",
                "update toasted set n = 2");
        List<SourceRecord> records = STAGE.records("toasted", 2);
        assertThat(row(records.get(0)).get("doc").stringValue()).hasSize(20_000);
        keep("toasted", records.subList(1, 2));
        JsonNode row = row(records.get(1));
        assertThat(row.has("doc")).isFalse();
        assertThat(row.has("raw")).isFalse();
        assertThat(row.at("/_change/unavailable").toString()).isEqualTo("[\"doc\",\"raw\"]");
    }

    @Test
    void aSchemaThatChangesInMidTransactionChangesTheRowsBehindIt() throws Exception {
        STAGE.sql(
                "create table grows (id int primary key, a int)",
                "begin; insert into grows values (1, 1); alter table grows add column b numeric(5, 2);"
                        + " insert into grows values (2, 2, 2.50); alter table grows drop column a;"
                        + " insert into grows values (3, 3.75); commit");
        List<SourceRecord> records = STAGE.records("grows", 3);
        assertThat(rowOf(records, "1").get("a").intValue()).isEqualTo(1);
        assertThat(rowOf(records, "2").get("b").toString()).isEqualTo("2.50");
        assertThat(rowOf(records, "3").has("a")).isFalse();
        assertThat(rowOf(records, "3").get("b").toString()).isEqualTo("3.75");
    }

    @Test
    void aTransactionOfTenThousandRowsArrivesWholeWithOneId() throws Exception {
        STAGE.sql(
                "create table bulk (id int primary key, v text)",
                "insert into bulk select n, 'v' || n from generate_series(1, 10000) n");
        List<SourceRecord> records = STAGE.records("bulk", 10_000);
        assertThat(records).hasSize(10_000);
        assertThat(records.stream()
                        .map(record -> row(record).at("/_change/tx").stringValue())
                        .distinct())
                .hasSize(1);
        assertThat(records.stream()
                        .map(record -> row(record).get("id").intValue())
                        .distinct())
                .hasSize(10_000);
    }

    private static String text(JsonNode row, String column) {
        return row.get(column).stringValue();
    }

    private static JsonNode rowOf(List<SourceRecord> records, String key) {
        return records.stream()
                .filter(record ->
                        key.equals(Objects.requireNonNull(VIEW.view(record)).keyText()))
                .map(DebeziumShowsRowsTest::row)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode row(SourceRecord record) {
        return json(Objects.requireNonNull(VIEW.view(record)));
    }

    private static JsonNode json(SourceRecord shown) {
        return JSON.readTree(Objects.requireNonNull(shown.value()));
    }

    /** Stores records of the connector for core's own tests, if {@code record.to} names a folder. */
    private static void keep(String name, List<SourceRecord> records) throws IOException {
        String folder = System.getProperty("record.to");
        if (folder != null) {
            List<String> lines = new ArrayList<>();
            for (SourceRecord record : records) {
                lines.add(text(record.key()));
                lines.add(text(record.value()));
            }
            Files.write(Path.of(folder, name + ".txt"), lines);
        }
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
