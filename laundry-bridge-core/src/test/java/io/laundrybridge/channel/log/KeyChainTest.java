package io.laundrybridge.channel.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyChainTest {
    private static final StreamStart ORIGIN = new StreamStart("e", PositionVector.ORIGIN, PositionVector.of(0));
    private static final String PADDING = "\"" + "x".repeat(60) + "\"";

    private final LineEncoder encoder = Encoding.json().encoder("c");
    private long offset;

    @Test
    void leadsFromAnEntryToTheNextOfItsKey() throws Exception {
        LogWriter writer = writer(1 << 20);
        ChannelLog log = writer.log();
        append(writer, "a");
        append(writer, "b");
        append(writer, null);
        append(writer, null);
        append(writer, "a");
        writer.appendGap(Gap.of(0, 5, 6, GapReason.UNDECODABLE), "{}".getBytes(UTF_8), 0, 0);
        append(writer, "a");
        Run run = Cursor.before(log, 0).read(10_000, 100);
        assertThat(List.of(run.newer(0), run.newer(4), run.newer(6))).containsExactly(4L, 6L, Long.MAX_VALUE);
        assertThat(List.of(run.newer(1), run.newer(2), run.newer(3), run.newer(5)))
                .containsOnly(Long.MAX_VALUE);
    }

    @Test
    void leadsAcrossSegmentsWhileTheLogLetsGoItsOldest() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LogWriter writer = writer(64 << 10);
        ChannelLog log = writer.log();
        Map<Long, String> keys = new HashMap<>();
        for (long i = 0; i < 5_000; i++) {
            String key = "k" + random.nextInt(200);
            keys.put(i, key);
            append(writer, key);
        }
        assertThat(log.start()).as("seed %d", seed).isPositive();
        Map<String, Long> next = new HashMap<>();
        for (long i = log.head() - 1; i >= log.start(); i--) {
            Long expected = next.put(String.valueOf(keys.get(i)), i);
            assertThat(Cursor.before(log, i).read(1, 1).newer(i))
                    .as("entry %d, seed %d", i, seed)
                    .isEqualTo(expected == null ? Long.MAX_VALUE : expected);
        }
    }

    @Test
    void showsAReaderEverySuccessorBelowTheHeadItSaw() throws Exception {
        LogWriter writer = writer(128 << 10);
        ChannelLog log = writer.log();
        int events = 200_000;
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                followToTheEnd(log, events);
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        reader.start();
        for (int i = 0; i < events; i++) {
            append(writer, "k" + i % 3);
        }
        reader.join();
        assertThat(failure.get()).isNull();
    }

    /** Every third entry has the same key, so all but the last three below the head have a successor. */
    private static void followToTheEnd(ChannelLog log, int events) {
        Cursor cursor = Cursor.before(log, 0);
        while (cursor.next() < events) {
            if (cursor.lost()) {
                cursor = Cursor.before(log, log.start());
            }
            long head = log.head();
            Run run = cursor.read(4_000, 50);
            for (long i = run.first(); i < run.end(); i++) {
                long newer = run.newer(i);
                boolean late = newer == Long.MAX_VALUE && (i + 3 >= head || i < log.start());
                assertThat(newer == i + 3 || late)
                        .as("%d -> %d, head %d", i, newer, head)
                        .isTrue();
            }
            if (!run.isEmpty()) {
                cursor.advance(run, run.end());
            }
        }
    }

    private static LogWriter writer(long bytes) {
        return new LogWriter(ORIGIN, Retention.of(Duration.ofHours(1), bytes), 0);
    }

    private void append(LogWriter writer, @Nullable String key) throws Exception {
        byte[] bytes = key == null ? null : key.getBytes(UTF_8);
        SourceRecord record = new SourceRecord("t", 0, offset++, 3, 0, bytes, PADDING.getBytes(UTF_8), List.of());
        writer.append(encoder.encode(record), record, 0);
    }
}
