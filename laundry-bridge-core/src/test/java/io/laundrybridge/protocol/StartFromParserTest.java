package io.laundrybridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as people paste them are understood, or the answer names the cure. */
class StartFromParserTest {
    /** What a close frame has room for. */
    private static final int CLOSE_REASON_BYTES = 123;

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T08:00:00Z, 2026-11-20T08:00:00Z",
        "2026-11-20T08:00:00+01:00, 2026-11-20T07:00:00Z",
        "2026-11-20T08:00:00 01:00, 2026-11-20T07:00:00Z",
        "2026-11-20T08:00:00.5-01:00, 2026-11-20T09:00:00.500Z",
        "1795158903123, 2026-11-20T07:15:03.123Z",
    })
    void aTimeIsUnderstood(String text, Instant instant) {
        assertThat(StartFromParser.parse("since:" + text)).isEqualTo(new StartFrom.Since(instant));
    }

    @ParameterizedTest
    @CsvSource({"PT5M, PT5M", "pt5m, PT5M", "P1D, P1D"})
    void anAgeIsUnderstood(String text, Duration age) {
        assertThat(StartFromParser.parse("since:" + text)).isEqualTo(new StartFrom.Ago(age));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T08:00:00, needs its zone",
        "2026-11-20 08:00, needs its zone",
        "2026-11-20, needs its zone",
        "2026-11-20T08:00:00+0100, needs its zone",
        "1795158903, milliseconds",
        "1795158903.123, milliseconds",
        "yesterday, expected PT5M",
        "5m, expected PT5M",
        "'', expected PT5M",
        "PT, expected PT5M",
        "999999999999999999999, milliseconds",
        "PT99999999999999999999S, expected PT5M"
    })
    void aTextThatIsNoTimeIsAnsweredWithTheCure(String text, String cure) {
        assertThatThrownBy(() -> StartFromParser.parse("since:" + text))
                .isInstanceOf(RefusedLineException.class)
                .hasMessageContaining(cure)
                .satisfies(refused -> assertThat(
                                String.valueOf(refused.getMessage()).getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(CLOSE_REASON_BYTES));
    }
}
