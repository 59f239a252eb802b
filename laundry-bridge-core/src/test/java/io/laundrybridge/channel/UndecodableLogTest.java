package io.laundrybridge.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.testing.LogTape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UndecodableLogTest {
    private final AtomicLong nanos = new AtomicLong();
    private final LogTape tape = new LogTape();
    private final UndecodableLog log =
            new UndecodableLog(tape.logger(), "machines", UndecodablePolicy.DEAD_LETTER, nanos::get);
    private final LineEncoder encoder = Encoding.json().encoder("machines");
    private long offset;

    private void note(String key, String value) {
        SourceRecord record = new SourceRecord(
                "t",
                0,
                offset++,
                0,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                List.of());
        try {
            encoder.encode(record);
        } catch (UndecodableException e) {
            log.note(record, e);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        log.report();
    }

    @Test
    void theRecordsOfABatchAreOneLineThatCountsThemForEachReason() {
        for (int i = 0; i < 15; i++) {
            note("k", "\0\0\0\0\7");
        }
        note("k", "ON");
        note("x".repeat(1_025), "1");
        note("x".repeat(1_030), "1");
        log.report();
        assertThat(tape.warnings())
                .singleElement()
                .asString()
                .contains("Channel 'machines'", "(policy dead-letter)")
                .contains("15 undecodable, the last at t partition 0 offset 14: the value begins with a zero byte")
                .contains("1 undecodable, the last at t partition 0 offset 15: the value is not one JSON value")
                .contains("2 too large, the last at t partition 0 offset 17: its key has 1030 bytes");
    }

    @Test
    void laterOnesAreLoggedOnceInTenSecondsThoughNothingComesAfterThem() {
        note("k", "ON");
        log.report();
        note("k", "OFF");
        note("k", "OFF");
        pass(Duration.ofSeconds(9));
        assertThat(tape.warnings()).hasSize(1);
        pass(Duration.ofSeconds(1));
        assertThat(tape.warnings())
                .hasSize(2)
                .last()
                .asString()
                .contains("2 undecodable, the last at t partition 0 offset 2");
        pass(Duration.ofSeconds(20));
        assertThat(tape.warnings()).hasSize(2);
    }

    @Test
    void noMoreThanEightReasonsAreKept() {
        for (int i = 0; i < 20; i++) {
            log.note(
                    new SourceRecord("t", 0, i, 0, 0, null, null, List.of()),
                    new UndecodableException(GapReason.UNDECODABLE, "reason " + i));
        }
        log.report();
        assertThat(tape.warnings()).singleElement().asString().contains("reason 7; 12 for other reasons");
    }
}
