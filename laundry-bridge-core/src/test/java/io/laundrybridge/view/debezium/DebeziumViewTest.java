package io.laundrybridge.view.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.UnviewableRecordException;
import io.laundrybridge.event.SourceRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebeziumViewTest {
    private static final String KEY = "{\"id\":1}";
    private final DebeziumView view = DebeziumView.after();

    private static SourceRecord record(@Nullable String key, @Nullable String value) {
        return new SourceRecord("t", 0, 7, 1, 99, bytes(key), bytes(value), List.of());
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private SourceRecord shown(@Nullable String key, @Nullable String value) {
        return Objects.requireNonNull(view.view(record(key, value)));
    }

    private String row(String value) {
        return text(shown(KEY, value));
    }

    private static String text(SourceRecord shown) {
        return new String(Objects.requireNonNull(shown.value()), UTF_8);
    }

    /** A change event of a column {@code c} with a schema. */
    private static String event(String type, String value) {
        return "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"field\":\"after\",\"fields\":[{"
                + type + ",\"field\":\"c\"}]}]},\"payload\":{\"op\":\"c\",\"after\":{\"c\":" + value + "}}}";
    }

    @Test
    void recordsOfTheConnectorBecomeRowsAndDeletions() {
        List<Recording.Pair> records = Recording.of("insert-update-delete");
        List<SourceRecord> shown = records.stream()
                .map(record -> shown(record.key(), record.value()))
                .toList();
        assertThat(shown).allSatisfy(record -> assertThat(record.keyText()).isEqualTo("m-1"));
        assertThat(text(shown.get(0)))
                .startsWith("{\"id\":\"m-1\",\"power\":1,\"_change\":{\"op\":\"c\",\"committed\":");
        assertThat(text(shown.get(1)))
                .contains("\"power\":2,")
                .contains("\"tx\":\"")
                .contains("\"lsn\":");
        assertThat(shown.get(2).value()).isNull();
        assertThat(shown.get(3).value()).isNull();
    }

    @Test
    void aKeyOfSeveralColumnsIsTheirArray() {
        assertThat(Recording.of("new-key").stream()
                        .map(record -> shown(record.key(), record.value()).keyText())
                        .distinct())
                .containsExactlyInAnyOrder("[\"Altona\",7]", "[\"Altona\",8]");
    }

    @Test
    void everyTypeOfTheConnectorIsKnown() {
        for (Recording.Pair record : Recording.of("kinds")) {
            assertThat(text(shown(record.key(), record.value()))).doesNotContain("\"unknown\"");
        }
    }

    @Test
    void aColumnWithoutItsValueIsLeftOutAndNamed() {
        Recording.Pair record = Recording.of("toasted").get(0);
        assertThat(text(shown(record.key(), record.value())))
                .doesNotContain("unavailable_value")
                .contains("\"unavailable\":[\"doc\",\"raw\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "'io.debezium.time.Date'; 20786; \"2026-11-29\"",
                "'io.debezium.time.Date'; -1; \"1969-12-31\"",
                "'io.debezium.time.Time'; 1; \"00:00:00.001\"",
                "'io.debezium.time.MicroTime'; 86400000000; \"24:00:00\"",
                "'io.debezium.time.NanoTime'; 1000000000; \"00:00:01\"",
                "'io.debezium.time.Timestamp'; -1; \"1969-12-31T23:59:59.999\"",
                "'io.debezium.time.MicroTimestamp'; 1; \"1970-01-01T00:00:00.000001\"",
                "'io.debezium.time.NanoTimestamp'; 1; \"1970-01-01T00:00:00.000000001\"",
                "'io.debezium.time.MicroDuration'; 61000000; \"PT1M1S\"",
                "'io.debezium.time.ZonedTimestamp'; \"2026-11-29T10:00:00Z\"; \"2026-11-29T10:00:00Z\"",
                "'org.apache.kafka.connect.data.Date'; 0; \"1970-01-01\"",
                "'org.apache.kafka.connect.data.Time'; 3600000; \"01:00:00\"",
                "'org.apache.kafka.connect.data.Timestamp'; 0; \"1970-01-01T00:00:00\"",
                "'org.apache.kafka.connect.data.Decimal'; \"MDk=\"; 123.45",
                "'org.apache.kafka.connect.data.Decimal'; \"/w==\"; -0.01",
                "'org.apache.kafka.connect.data.Decimal'; 1.50; 1.50",
                "'io.debezium.data.VariableScaleDecimal'; {\"scale\":-2,\"value\":\"Aw==\"}; 300",
                "'io.debezium.data.Json'; \"{\\\"a\\\": 1.10}\"; {\"a\":1.10}",
                "'io.debezium.data.Bits'; \"BQ==\"; \"101\"",
                "'io.debezium.data.Uuid'; \"u\"; \"u\"",
            })
    void aNamedTypeIsAsAPageWantsIt(String name, String value, String shown) {
        String parameters = ",\"parameters\":{\"scale\":\"2\",\"length\":\"3\"}";
        String named = "\"type\":\"x\",\"name\":" + name.replace('\'', '"') + parameters;
        assertThat(row(event(named, value))).startsWith("{\"c\":" + shown + ",\"_change\"");
        assertThat(row(event(named, "null"))).startsWith("{\"c\":null,");
        assertThat(row(event("\"type\":\"array\",\"items\":{" + named + "}", "[" + value + ",null]")))
                .startsWith("{\"c\":[" + shown + ",null],\"_change\"");
    }

    @Test
    void aTypeThatIsNotKnownIsPassedOnAndNamed() {
        assertThat(row(event("\"type\":\"string\",\"name\":\"com.example.Colour\"", "\"red\"")))
                .isEqualTo("{\"c\":\"red\",\"_change\":{\"op\":\"c\",\"unknown\":{\"c\":\"com.example.Colour\"}}}");
    }

    @Test
    void aValueThatBreaksItsTypeIsRefusedByColumnAndType() {
        assertThatThrownBy(() -> row(event("\"type\":\"int32\",\"name\":\"io.debezium.time.Date\"", "\"secret\"")))
                .isInstanceOf(UnviewableRecordException.class)
                .hasMessageContaining("'c'")
                .hasMessageContaining("io.debezium.time.Date")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aPayloadAloneIsShownAsItIsWritten() {
        assertThat(row("{\"before\":null,\"after\":{\"id\":1,\"n\":0.10,\"big\":12345678901234567890.123456789012345},"
                        + "\"source\":{\"ts_ms\":5,\"txId\":6,\"lsn\":7,\"snapshot\":\"last\"},\"op\":\"r\"}"))
                .isEqualTo(
                        "{\"id\":1,\"n\":0.10,\"big\":12345678901234567890.123456789012345,\"_change\":{\"op\":\"r\","
                                + "\"snapshot\":true,\"committed\":5,\"tx\":\"6\",\"lsn\":7}}");
    }

    @Test
    void theTransactionIdOfDebeziumGoesBeforeTheOneOfTheDatabase() {
        assertThat(row("{\"op\":\"u\",\"after\":{},\"source\":{\"txId\":6},\"transaction\":{\"id\":\"6:99\"}}"))
                .contains("\"tx\":\"6:99\"");
    }

    @Test
    void marksGoToAnotherFieldOrNowhere() {
        String value = "{\"op\":\"c\",\"after\":{\"_change\":1}}";
        assertThatThrownBy(() -> row(value)).hasMessageContaining("column '_change'");
        assertThat(text(Objects.requireNonNull(DebeziumView.after().marks("how").view(record(KEY, value)))))
                .isEqualTo("{\"_change\":1,\"how\":{\"op\":\"c\"}}");
        assertThat(text(Objects.requireNonNull(
                        DebeziumView.after().withoutMarks().view(record(KEY, value)))))
                .isEqualTo("{\"_change\":1}");
    }

    @Test
    void theTimeOfReceiptIsAMarkIfItIsWanted() {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(123), ZoneOffset.UTC);
        assertThat(text(Objects.requireNonNull(
                        DebeziumView.after().received(clock).view(record(KEY, "{\"op\":\"c\",\"after\":{}}")))))
                .isEqualTo("{\"_change\":{\"op\":\"c\",\"received\":123}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{\"id\":1}; 1",
                "{\"id\":\"a b\"}; a b",
                "{\"id\":null}; null",
                "{\"a\":1,\"b\":\"x\"}; [1,\"x\"]",
                "{\"schema\":null,\"payload\":{\"id\":5}}; 5",
                "{\"schema\":{\"type\":\"string\"},\"payload\":\"plain\"}; plain",
                "plain; plain",
                "42; 42",
            })
    void aKeyIsTheTextOfItsColumns(String key, String text) {
        assertThat(shown(key, null).keyText()).isEqualTo(text);
    }

    @Test
    void aTableWithoutAKeyHasRowsWithoutKeys() {
        assertThat(shown(null, "{\"op\":\"c\",\"after\":{}}").key()).isNull();
    }

    @Test
    void aMessageOfTheLogIsNotShown() {
        assertThat(view.view(record(KEY, "{\"op\":\"m\",\"message\":{\"content\":\"x\"}}")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{\"op\":\"t\",\"source\":{}}; truncated",
                "{\"op\":\"z\"}; not known",
                "{\"op\":\"c\",\"before\":null}; no 'after'",
                "{\"op\":\"c\",\"after\":[]}; no 'after'",
                "{\"ts_ms\":1}; no 'op'",
                "{\"op\":7}; no 'op'",
                "[1]; no 'op'",
                "{\"schema\":{},\"payload\":null}; no 'op'",
                "{\"schema\":{},\"payload\":{\"op\":\"c\",\"after\":{}}; does not end",
                "{\"schema\":{},\"payload\":{\"op\":\"c\",\"after\":{}}}}; does not end",
                "{\"op\":\"c\"; no JSON",
                "hello; no JSON",
            })
    void aRecordThatIsNoChangeOfARowIsRefusedWithASentence(String value, String words) {
        assertThatThrownBy(() -> view.view(record(KEY, value)))
                .isInstanceOf(UnviewableRecordException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000\u0000\u0000\u0001binary"})
    void aRecordThatIsNoTextIsRefusedWithASentence(String value) {
        assertThatThrownBy(() -> view.view(record(KEY, value))).isInstanceOf(UnviewableRecordException.class);
    }

    /** A reader keeps what it knows of a few schemas, and each record is read by its own. */
    @Test
    void manySchemasInTurnAreEachReadByTheirOwn() {
        for (int round = 0; round < 3; round++) {
            for (int scale = 0; scale < 12; scale++) {
                String type = "\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":"
                        + "{\"scale\":\"" + scale + "\"}";
                String digits = scale == 0 ? "1" : "0." + "0".repeat(scale - 1) + "1";
                String shown = scale > 6 ? "1E-" + scale : digits;
                assertThat(row(event(type, "\"AQ==\""))).startsWith("{\"c\":" + shown + ",");
            }
        }
    }

    @Test
    void severalThreadsReadByOneView() {
        String value = event("\"type\":\"int32\",\"name\":\"io.debezium.time.Date\"", "0");
        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(n -> row(value))
                        .distinct())
                .containsExactly("{\"c\":\"1970-01-01\",\"_change\":{\"op\":\"c\"}}");
    }
}
