package io.laundrybridge.channel.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.source.StreamStart;
import io.laundrybridge.test.Await;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ChannelLogTest {
    private static final StreamStart ORIGIN = new StreamStart("e", PositionVector.ORIGIN, PositionVector.of(10, 20));

    private final LineEncoder encoder = Encoding.json().encoder("c");
    private long now = 1_000_000;

    @Test
    void handsOutLinesAsTheyLie() throws Exception {
        LogWriter writer = writer(Retention.DEFAULT);
        ChannelLog log = writer.log();
        append(writer, 0, 10, "1");
        append(writer, 1, 20, "2");
        Cursor cursor = Cursor.before(log, 0);
        Run run = cursor.read(1_000, 100);
        assertThat(text(run.lines()))
                .isEqualTo("{\"ch\":\"c\",\"at\":\"0@10.3\",\"ts\":0,\"k\":\"k\",\"v\":1}\n"
                        + "{\"ch\":\"c\",\"at\":\"1@20.3\",\"ts\":0,\"k\":\"k\",\"v\":2}");
        cursor.advance(run, run.end());
        assertThat(cursor.behind()).isFalse();
        assertThat(cursor.position()).hasToString("0@11.3,1@21.3");
    }

    @Test
    void keepsRunsWithinTheBytesAskedForButGivesAtLeastOneLine() throws Exception {
        LogWriter writer = writer(Retention.DEFAULT);
        ChannelLog log = writer.log();
        for (int i = 0; i < 10; i++) {
            append(writer, 0, 10 + i, "1");
        }
        Cursor cursor = Cursor.before(log, 0);
        assertThat(cursor.read(1, 100).end()).isEqualTo(1);
        int line = cursor.read(1, 100).lines().remaining();
        assertThat(cursor.read(3 * line + 2, 100).end()).isEqualTo(3);
        assertThat(cursor.read(1_000_000, 4).end()).isEqualTo(4);
    }

    @Test
    void knowsThePlaceBeforeEveryEntryOfASegmentWhereverPartitionsJoin() throws Exception {
        LogWriter writer = writer(Retention.DEFAULT);
        ChannelLog log = writer.log();
        Random random = new Random(7);
        PositionVector place = ORIGIN.start();
        List<PositionVector> places = new ArrayList<>(List.of(place));
        for (int i = 0; i < 3_000; i++) {
            int partition = random.nextInt(2 + i / 100);
            append(writer, partition, place.next(partition) + random.nextInt(3), "1");
            long next = Objects.requireNonNull(log.entry(i)).next();
            place = place.with(
                    partition, next, Objects.requireNonNull(log.entry(i)).epoch());
            places.add(place);
            assertThat(Cursor.before(log, i + 1).position()).isEqualTo(place);
        }
        for (int i = 0; i <= 3_000; i++) {
            assertThat(Cursor.before(log, i).position()).isEqualTo(places.get(i));
        }
    }

    @Test
    void evictsTheOldestWhenFullAndReportsWhatACursorMissed() throws Exception {
        LogWriter writer = writer(Retention.of(Duration.ofHours(1), 64 << 10));
        ChannelLog log = writer.log();
        Cursor slow = Cursor.before(log, 0);
        for (int i = 0; i < 5_000; i++) {
            append(writer, 0, 10 + i, "\"" + "x".repeat(100) + "\"");
            assertThat(writer.heldBytes()).isLessThanOrEqualTo((64 << 10) + (10 << 10));
        }
        assertThat(slow.lost()).isTrue();
        assertThat(slow.position()).hasToString("0@10,1@20");
        Cursor next = Cursor.before(log, log.start());
        assertThat(next.position().next(0)).isEqualTo(10 + log.start());
        assertThat(next.lost()).isFalse();
    }

    @Test
    void letsGoWhatIsTooOld() throws Exception {
        LogWriter writer = writer(Retention.of(Duration.ofSeconds(1), 1 << 20));
        ChannelLog log = writer.log();
        append(writer, 0, 10, "1");
        now += 600;
        append(writer, 0, 11, "2");
        now += 600;
        writer.expire(now);
        assertThat(log.start()).isEqualTo(1);
    }

    @Test
    void knowsTheLatestStampThatHasLeftInWhateverOrderStampsCame() throws Exception {
        LogWriter writer = writer(Retention.of(Duration.ofSeconds(1), 1 << 20));
        ChannelLog log = writer.log();
        append(writer, 10, 7_000);
        append(writer, 11, 9_000);
        append(writer, 12, 8_000);
        now += 1_200;
        append(writer, 13, 6_000);
        assertThat(log.completeSince()).isZero();
        writer.expire(now);
        assertThat(log.start()).isEqualTo(3);
        assertThat(log.completeSince()).isEqualTo(9_000);
    }

    @Test
    void beginsSmallAndGrowsWithWhatItHolds() throws Exception {
        LogWriter writer = writer(Retention.DEFAULT);
        assertThat(writer.heldBytes()).isLessThanOrEqualTo(16 << 10);
        long written = 0;
        for (int i = 0; i < 20_000; i++) {
            append(writer, 0, 10 + i, "\"" + "x".repeat(150) + "\"");
            LogEntry entry = Objects.requireNonNull(writer.log().entry(i));
            written += entry.length() + entry.heldBytes();
            assertThat(writer.heldBytes())
                    .isLessThanOrEqualTo((16 << 10) + Math.min(5 * written / 2, written + (900 << 10)));
        }
        Run run = Cursor.before(writer.log(), 19_000).read(64 << 10, Integer.MAX_VALUE);
        assertThat(run.lines().remaining()).isGreaterThan(60 << 10);
    }

    @Test
    void costsAsLittleAsAtTheBeginningOnceAllHasExpired() throws Exception {
        LogWriter writer = writer(Retention.of(Duration.ofSeconds(1), 1 << 20));
        ChannelLog log = writer.log();
        long first = writer.heldBytes();
        Cursor cursor = Cursor.before(log, 0);
        for (int i = 0; i < 3_000; i++) {
            append(writer, 0, 10 + i, "\"" + "x".repeat(150) + "\"");
        }
        writer.progress(PositionVector.of(3_010, 20));
        cursor.moveTo(3_000);
        WeakReference<LogEntry> newest = new WeakReference<>(log.entry(2_999));
        now += 1_200;
        writer.expire(now);
        assertThat(writer.heldBytes()).isEqualTo(first);
        assertThat(log.start()).isEqualTo(3_000);
        assertThat(cursor.lost()).isFalse();
        assertThat(cursor.position()).hasToString("0@3010,1@20");
        Await.until("a cursor at the head keeps no entry", Duration.ofSeconds(30), () -> {
            System.gc();
            return newest.get() == null;
        });
        append(writer, 0, 3_010, "2");
        assertThat(text(cursor.read(1_000, 100).lines())).contains("0@3010").endsWith("2}");
    }

    @Test
    void remembersHolesAtItsHead() throws Exception {
        LogWriter writer = writer(Retention.DEFAULT);
        ChannelLog log = writer.log();
        append(writer, 0, 10, "1");
        writer.progress(PositionVector.of(15, 25));
        assertThat(Cursor.before(log, 1).position()).hasToString("0@15,1@25");
    }

    @Test
    void countsAGapAsHandled() {
        LogWriter writer = writer(Retention.DEFAULT);
        ChannelLog log = writer.log();
        writer.appendGap(Gap.of(0, 10, 50, GapReason.RETENTION), "{}".getBytes(UTF_8), now, now);
        assertThat(Cursor.before(log, 1).position().next(0)).isEqualTo(50);
    }

    @Test
    void findsWhereAResumeMustReadFrom() throws Exception {
        LogWriter writer = writer(Retention.of(Duration.ofHours(1), 64 << 20));
        ChannelLog log = writer.log();
        for (int i = 0; i < 20_000; i++) {
            append(writer, i % 2, (i % 2 == 0 ? 10 : 20) + i / 2, "1");
        }
        PositionVector wanted = PositionVector.of(5_010, 7_020);
        long index = log.indexFor(wanted);
        long past = log.indexPast(wanted);
        assertThat(index).isLessThanOrEqualTo(10_000).isGreaterThan(0);
        assertThat(past).isGreaterThanOrEqualTo(14_000);
        for (long i = log.start(); i < index; i++) {
            LogEntry entry = log.entry(i);
            assertThat(entry).isNotNull();
            assertThat(entry.offset()).isLessThan(wanted.next(entry.partition()));
        }
        for (long i = past; i < log.head(); i++) {
            LogEntry entry = log.entry(i);
            assertThat(entry).isNotNull();
            assertThat(entry.offset()).isGreaterThanOrEqualTo(wanted.next(entry.partition()));
        }
    }

    @Test
    void neverShowsAReaderATornOrSkippedLineWhileItIsWritten() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LogWriter writer = writer(Retention.of(Duration.ofHours(1), 128 << 10));
        ChannelLog log = writer.log();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        int events = 200_000;
        for (int r = 0; r < 2; r++) {
            Thread reader = new Thread(() -> {
                try {
                    readToTheEnd(log, events);
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            reader.start();
            readers.add(reader);
        }
        for (int i = 0; i < events; i++) {
            append(writer, 0, 10 + i, "\"" + "y".repeat(random.nextInt(200)) + "\"");
        }
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failure.get()).as("seed %d", seed).isNull();
    }

    private static void readToTheEnd(ChannelLog log, int events) {
        Cursor cursor = Cursor.before(log, 0);
        long expected = cursor.position().next(0); // the writer may have let go its first lines by now
        while (expected < 10 + events) {
            if (cursor.lost()) {
                cursor = Cursor.before(log, log.start());
                expected = cursor.position().next(0);
            }
            Run run = cursor.read(4_000, 50);
            if (run.isEmpty()) {
                Thread.onSpinWait();
                continue;
            }
            for (String line : text(run.lines()).lines().toList()) {
                assertThat(line)
                        .startsWith("{\"ch\":\"c\",\"at\":\"0@" + expected++ + ".3\"")
                        .endsWith("\"}");
            }
            cursor.advance(run, run.end());
        }
    }

    private LogWriter writer(Retention retention) {
        return new LogWriter(ORIGIN, retention, 0);
    }

    private void append(LogWriter writer, int partition, long offset, String value) throws Exception {
        append(
                writer,
                new SourceRecord("t", partition, offset, 3, 0, "k".getBytes(UTF_8), value.getBytes(UTF_8), List.of()));
    }

    private void append(LogWriter writer, long offset, long timestamp) throws Exception {
        append(writer, new SourceRecord("t", 0, offset, 3, timestamp, null, "1".getBytes(UTF_8), List.of()));
    }

    private void append(LogWriter writer, SourceRecord record) throws Exception {
        EventLine line = encoder.encode(record);
        writer.append(line, record, now);
    }

    private static String text(ByteBuffer lines) {
        return UTF_8.decode(lines).toString();
    }
}
