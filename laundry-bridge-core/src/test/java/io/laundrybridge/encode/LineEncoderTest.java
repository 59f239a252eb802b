package io.laundrybridge.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

class LineEncoderTest {
    private final LineEncoder json = Encoding.json().encoder("machines");

    @Test
    void writesTheLineOfTheProtocol() throws Exception {
        assertThat(text(json.encode(record("m-42", "{\"temperature\":61.5}".getBytes(UTF_8)))))
                .isEqualTo(
                        "{\"ch\":\"machines\",\"at\":\"0@1234.7\",\"ts\":1732375000000,\"k\":\"m-42\",\"v\":{\"temperature\":61.5}}");
    }

    @Test
    void writesADeletionAndAMissingKeyAsNull() throws Exception {
        assertThat(text(json.encode(record(null, null)))).endsWith("\"k\":null,\"v\":null}");
    }

    @Test
    void escapesKeys() throws Exception {
        EventLine line = json.encode(record("a\"\\\n\u0001é😀", "1".getBytes(UTF_8)));
        assertThat(text(line)).contains("\"k\":\"a\\\"\\\\\\n\\u0001é😀\"");
        assertThat(line.key()).isEqualTo("a\"\\\n\u0001é😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "\"é😀\"",
                "true",
                "null",
                "[]",
                "{\"a\":[1,2,{\"b\":null}]}",
                "12345678901234567890.123456789012345678901234567890e-400",
                "  {\"a\" : 1}  ",
                "\"\\ud800\"",
                "{\"a\":1,\"a\":2}"
            })
    void passesJsonThroughByteForByte(String value) throws Exception {
        EventLine line = json.encode(record("k", value.getBytes(UTF_8)));
        assertThat(text(line)).endsWith(",\"v\":" + value + "}");
        assertThat(new String(line.bytes(), line.valueFrom(), line.length() - 1 - line.valueFrom(), UTF_8))
                .isEqualTo(value);
        assertThat(line.original()).isNull();
    }

    @Test
    void foldsLineEndsAndKeepsTheOriginal() throws Exception {
        byte[] pretty = "{\n  \"a\": 1,\r\n  \"b\": \"x\\ny\"\n}\n".getBytes(UTF_8);
        EventLine line = json.encode(record("k", pretty));
        assertThat(text(line)).doesNotContain("\n").doesNotContain("\r").contains("\"b\": \"x\\ny\"");
        assertThat(line.original()).isEqualTo(pretty);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}{}",
                "1 2",
                "nul",
                "NaN",
                "'a'",
                "{\"a\":01}",
                "[1,]",
                "\"a\nb\"",
                "\"\\x\"",
                "// c\n1",
                "\uFEFF1",
                "[1}",
                "]"
            })
    void refusesWhatIsNotExactlyOneJsonValue(String value) {
        refuses(value.getBytes(UTF_8), GapReason.UNDECODABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22c0af22", // overlong
                "22eda08022", // a surrogate
                "22f490808022", // above U+10FFFF
                "22e282", // cut off
                "22ff22",
                "22c322",
                "3100", // 1 in UTF-16
                "feff0031",
                "7b000000"
            })
    void refusesWhatIsNotStrictUtf8(String hex) {
        refuses(HexFormat.of().parseHex(hex), GapReason.UNDECODABLE);
    }

    @Test
    void checksTheBytesOfLongTextsToTheirEnd() throws Exception {
        for (int shift = 0; shift < 4; shift++) {
            String text = "\"" + "x".repeat(shift) + "\uD83D\uDE00\u00E9".repeat(2_000) + "\"";
            byte[] good = text.getBytes(UTF_8);
            json.encode(record("k", good));
            byte[] cut = good.clone();
            cut[cut.length - 3] = 'x'; // the last character lacks its second byte now
            cut[cut.length - 2] = (byte) 0xA9;
            refuses(cut, GapReason.UNDECODABLE);
        }
    }

    @Test
    void refusesTooDeepTooLongAndTooLarge() {
        refuses("[".repeat(501).concat("]".repeat(501)).getBytes(UTF_8), GapReason.UNDECODABLE);
        refuses("[".repeat(100_000).getBytes(UTF_8), GapReason.UNDECODABLE);
        refuses("1".repeat(1_001).getBytes(UTF_8), GapReason.UNDECODABLE);
        refuses(("\"" + "x".repeat(256 << 10) + "\"").getBytes(UTF_8), GapReason.TOO_LARGE);
    }

    @Test
    void acceptsUpToTheLimits() throws Exception {
        json.encode(record("k", "[".repeat(500).concat("]".repeat(500)).getBytes(UTF_8)));
        json.encode(record("k", "1".repeat(1_000).getBytes(UTF_8)));
        json.encode(record("k", ("\"" + "x".repeat((256 << 10) - 2) + "\"").getBytes(UTF_8)));
    }

    @Test
    void refusesAKeyThatIsNoText() {
        SourceRecord binary =
                new SourceRecord("t", 0, 1, 0, 0, new byte[] {(byte) 0xFF}, "1".getBytes(UTF_8), List.of());
        assertThatThrownBy(() -> json.encode(binary)).hasMessageContaining("key-format to base64");
    }

    @Test
    void showsBinaryKeysAsBase64() throws Exception {
        LineEncoder encoder = Encoding.json().keys(KeyDecoder.BASE_64).encoder("m");
        SourceRecord binary =
                new SourceRecord("t", 0, 1, 0, 0, new byte[] {(byte) 0xFF}, "1".getBytes(UTF_8), List.of());
        assertThat(text(encoder.encode(binary))).contains("\"k\":\"/w==\"");
    }

    record Report(double temperature) {}

    @Test
    void showsTheViewOfTheApplication() throws Exception {
        LineEncoder encoder = Encoding.json()
                .mapped(Report.class, (report, record) -> Map.of("hot", report.temperature() > 60))
                .encoder("m");
        assertThat(text(encoder.encode(record("k", "{\"temperature\":61.5,\"more\":1}".getBytes(UTF_8)))))
                .endsWith("\"v\":{\"hot\":true}}");
    }

    @Test
    void aMappingSeesTheWholeRecord() throws Exception {
        LineEncoder encoder = Encoding.json()
                .mapped(
                        Report.class,
                        (report, record) -> List.of(
                                report.temperature(),
                                String.valueOf(record.keyText()),
                                String.valueOf(record.header("site")),
                                String.valueOf(record.header("none")),
                                record.timestamp(),
                                record.partition()))
                .encoder("m");
        SourceRecord record = new SourceRecord(
                "t",
                3,
                1,
                0,
                77,
                "k".getBytes(UTF_8),
                "{\"temperature\":1}".getBytes(UTF_8),
                List.of(
                        new SourceRecord.Header("site", "north".getBytes(UTF_8)),
                        new SourceRecord.Header("site", "south".getBytes(UTF_8)),
                        new SourceRecord.Header("other", null)));
        assertThat(text(encoder.encode(record))).endsWith("\"v\":[1.0,\"k\",\"south\",\"null\",77,3]}");
        assertThat(record.header("other")).isNull();
    }

    @Test
    void theApplicationsMapperReadsAndWritesWhereverItIsSet() throws Exception {
        JsonMapper own = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
        Encoding before = Encoding.json().mapper(own).mapped(Report.class, (report, record) -> report);
        Encoding after =
                Encoding.json().mapped(Report.class, (report, record) -> report).mapper(own);
        for (Encoding encoding : List.of(before, after)) {
            EventLine line = encoding.encoder("m").encode(record("k", "{\"Temperature\":61.5}".getBytes(UTF_8)));
            assertThat(text(line)).contains("\"Temperature\" : 61.5").doesNotContain("\n");
        }
    }

    @Test
    void aFilterSeesTheRecordOrItsValueAndKeepsDeletions() throws Exception {
        LineEncoder encoder = Encoding.json()
                .filtered(record -> record.offset() % 2 == 1)
                .filtered(Report.class, report -> report.temperature() > 60)
                .encoder("m");
        assertThat(encoder.keeps(record(1, "{\"temperature\":61}"))).isTrue();
        assertThat(encoder.keeps(record(1, "{\"temperature\":59}"))).isFalse();
        assertThat(encoder.keeps(record(2, "{\"temperature\":61}"))).isFalse();
        assertThat(encoder.keeps(record(1, null))).isTrue();
        assertThat(encoder.dropped(record(2, "1")))
                .as("no state, so nothing takes its place")
                .isNull();
    }

    @Test
    void onAChannelWithStateADroppedRecordDeletesItsKey() {
        LineEncoder encoder =
                Encoding.json().state(true).filtered(record -> false).encoder("m");
        assertThat(text(Objects.requireNonNull(encoder.dropped(record(1, "1")))))
                .contains("\"k\":\"k\"")
                .endsWith("\"v\":null}");
        byte[] value = "1".getBytes(UTF_8);
        assertThat(encoder.dropped(new SourceRecord("t", 0, 1, 0, 0, null, value, List.of())))
                .isNull();
        assertThat(encoder.dropped(new SourceRecord("t", 0, 1, 0, 0, new byte[] {(byte) 0xFF}, value, List.of())))
                .as("a key that cannot be shown has no value")
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("unforeseen")
    void anyExceptionOfAFilterMakesThatRecordUndecodable(Throwable thrown) {
        LineEncoder encoder = Encoding.json().filtered(record -> raised(thrown)).encoder("m");
        assertThatThrownBy(() -> encoder.keeps(record(1, "1")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageNotContaining("secret");
        LineEncoder wrongValue =
                Encoding.json().filtered(Report.class, report -> true).encoder("m");
        assertThatThrownBy(() -> wrongValue.keeps(record(1, "[]"))).isInstanceOf(UndecodableException.class);
    }

    private static boolean raised(Throwable thrown) {
        return raise(thrown).isEmpty();
    }

    private static SourceRecord record(long offset, @Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(UTF_8);
        return new SourceRecord("t", 0, offset, 0, 0, "k".getBytes(UTF_8), bytes, List.of());
    }

    @Test
    void treatsAMappingThatThrowsAsUndecodable() {
        LineEncoder encoder = Encoding.json()
                .mapped(Report.class, (report, record) -> {
                    throw new IllegalStateException("secret");
                })
                .encoder("m");
        assertThatThrownBy(() -> encoder.encode(record("k", "{\"temperature\":1}".getBytes(UTF_8))))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("IllegalStateException")
                .hasMessageNotContaining("secret");
    }

    @Test
    void checksAndFoldsWhatAMappingMadeAsItDoesAnyValue() throws Exception {
        LineEncoder encoder = mapping(text -> new RawValue(text));
        EventLine line = encoder.encode(record("k", "\"{\\n  \\\"a\\\": 1\\r\\n}\"".getBytes(UTF_8)));
        assertThat(text(line)).endsWith("\"v\":{   \"a\": 1  }}").doesNotContain("\n");
        assertThat(new String(Objects.requireNonNull(line.original()), UTF_8)).isEqualTo("{\n  \"a\": 1\r\n}");
        for (String bad : List.of("", "{", "1 2", "NaN", "[".repeat(501) + "]".repeat(501), "1".repeat(1_001))) {
            UndecodableException refusal = catchThrowableOfType(
                    UndecodableException.class, () -> encoder.encode(record("k", ("\"" + bad + "\"").getBytes(UTF_8))));
            assertThat(refusal).as(bad).hasMessageStartingWith("the mapped value");
        }
    }

    @ParameterizedTest
    @MethodSource("unforeseen")
    void anyExceptionOfADecoderMappingOrKeyDecoderMakesThatRecordUndecodable(Throwable thrown) throws Exception {
        List<LineEncoder> encoders = List.of(
                mapping(text -> raise(thrown)),
                Encoding.json()
                        .decoded(record -> raise(thrown), (view, record) -> view)
                        .encoder("m"),
                Encoding.json().keys(key -> raise(thrown)).encoder("m"));
        for (LineEncoder encoder : encoders) {
            assertThat(catchThrowableOfType(
                                    UndecodableException.class,
                                    () -> encoder.encode(record("k", "\"1\"".getBytes(UTF_8))))
                            .reason())
                    .isEqualTo(GapReason.UNDECODABLE);
        }
    }

    static Stream<Throwable> unforeseen() {
        return Stream.of(
                new IllegalStateException(),
                new Exception(),
                new StackOverflowError(),
                new NoClassDefFoundError("com/example/Report"),
                new ExceptionInInitializerError("x"),
                new AssertionError("x"),
                new OutOfMemoryError("Requested array size exceeds VM limit"));
    }

    @Test
    void aFailureThatIsWorthAnotherTryIsNot() {
        RetriableDecodeException away = new RetriableDecodeException("away", new IllegalStateException());
        for (Throwable thrown : List.of(away, new IllegalStateException(away), new UncheckedIOException(ioOf(away)))) {
            assertThatThrownBy(() -> mapping(text -> raise(thrown)).encode(record("k", "\"1\"".getBytes(UTF_8))))
                    .isSameAs(away);
        }
        LineEncoder keys = Encoding.json().keys(key -> raise(away)).encoder("m");
        assertThatThrownBy(() -> keys.encode(record("k", null))).isSameAs(away);
    }

    @Test
    void anInterruptIsNotTheRecordsFault() {
        LineEncoder encoder = Encoding.json()
                .decoded(record -> raise(new InterruptedException()), (view, record) -> view)
                .encoder("m");
        assertThatThrownBy(() -> encoder.encode(record("k", "1".getBytes(UTF_8))))
                .isInstanceOf(RetriableDecodeException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty, which is no JSON value; a deletion (tombstone) has the value null",
                "0000000007024f4e|schema registry",
                "007b7d|schema registry",
                "1f8b0800|gzip",
                "feff0031|UTF-16",
                "31000000|UTF-16",
                "efbbbf31|byte order mark",
                "82a161|for a binary format set a decoder",
                "4f4e|is not one JSON value; texts need quotes",
                "4e614e|NaN is none",
                "2b35|is not one JSON value",
                "32312c34|is not one JSON value",
                "312032|more than one JSON value",
                "2020|holds nothing but blanks"
            })
    void saysWhatIsWrongAndWhatMendsIt(String hex, String words) {
        assertThatThrownBy(() -> json.encode(record("k", HexFormat.of().parseHex(hex))))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("limits");
    }

    @Test
    void namesTheLimitThatWasHit() {
        assertThatThrownBy(() -> json.encode(record("k", "[".repeat(501).getBytes(UTF_8))))
                .hasMessageContaining("laundry-bridge.limits.value-depth");
        assertThatThrownBy(() -> json.encode(record("k", ("[[" + "1".repeat(1_001)).getBytes(UTF_8))))
                .hasMessageContaining("laundry-bridge.limits.number-digits");
        assertThatThrownBy(() -> json.encode(record("k", ("1." + "1".repeat(2_001)).getBytes(UTF_8))))
                .hasMessageContaining("laundry-bridge.limits.number-digits");
    }

    private static LineEncoder mapping(Function<String, @Nullable Object> mapping) {
        return Encoding.json()
                .mapped(String.class, (value, record) -> mapping.apply(value))
                .encoder("m");
    }

    private static IOException ioOf(Throwable cause) {
        return new IOException(cause);
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> String raise(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private void refuses(byte[] value, GapReason reason) {
        UndecodableException refusal =
                catchThrowableOfType(UndecodableException.class, () -> json.encode(record("k", value)));
        assertThat(refusal)
                .as(HexFormat.of().formatHex(value, 0, Math.min(20, value.length)))
                .isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static SourceRecord record(@Nullable String key, byte @Nullable [] value) {
        return new SourceRecord(
                "t", 0, 1234, 7, 1732375000000L, key == null ? null : key.getBytes(UTF_8), value, List.of());
    }

    private static String text(EventLine line) {
        return new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8);
    }
}
