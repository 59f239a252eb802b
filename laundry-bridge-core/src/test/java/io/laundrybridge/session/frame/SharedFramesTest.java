package io.laundrybridge.session.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.socket.FrameImages;
import io.laundrybridge.source.StreamStart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

public class SharedFramesTest {
    private static final int ROOM = 64 << 10;

    private final SharedFrames shared = new SharedFrames(FramedRun::plain, FrameImages.none());
    private final LogWriter writer = writer();
    private final ChannelLog log = writer.log();

    @Test
    void sessionsAtTheSamePlaceShareOneFrame() {
        append(writer, 3);

        FramedRun first = next(reader(log, 0), ROOM);

        assertThat(next(reader(log, 0), ROOM)).isSameAs(first);
        assertThat(next(reader(log, 1), ROOM).frame().text()).isEqualTo("2\n3");
    }

    @Test
    void linesAddedMeanwhileAreInTheNextFrame() {
        append(writer, 1);
        next(reader(log, 0), ROOM);
        append(writer, 1);

        assertThat(next(reader(log, 0), ROOM).frame().text()).isEqualTo("1\n2");
    }

    @Test
    void aFrameThatWasFullStaysShared() {
        append(writer, 10);
        FramedRun full = next(reader(log, 0), 5);
        append(writer, 10);

        assertThat(full.end()).isEqualTo(3);
        assertThat(next(reader(log, 0), 5)).isSameAs(full);
        assertThat(next(reader(log, 0), ROOM)).isNotSameAs(full);
    }

    @Test
    void readersThatLagAtDifferentPlacesShareAllButTheirFirstFrame() {
        append(writer, 30_000, 200);
        List<FramedRun> of = frames(reader(log, 0));
        for (int behind : new int[] {1, 77, 4_321, 14_999, 20_000}) {
            List<FramedRun> others = frames(reader(log, behind));
            others.remove(0);
            assertThat(others).hasSizeGreaterThan(20);
            assertThat(of.stream().map(FramedRun::end))
                    .containsAll(others.stream().map(FramedRun::end).toList());
        }
        assertThat(of.stream().limit(of.size() - 1).map(each -> each.frame().bytes()))
                .as("few small frames")
                .filteredOn(bytes -> bytes < ROOM * 7 / 8)
                .hasSizeLessThan(of.size() / 3);
    }

    @Test
    void aReaderThatHasLessThanAFrameAheadGetsAllOfIt() {
        append(writer, 20_000, 200);
        LogReader reader = reader(log, log.head());
        for (int times = 0; times < 1_000; times++) {
            append(writer, 100, 200);
            FramedRun first = next(reader, ROOM);
            reader.advance(first.run(), first.end());
            if (first.end() < log.head()) { // there is a segment's end in between
                FramedRun second = next(reader, ROOM);
                assertThat(second.end()).isEqualTo(log.head());
                assertThat(second.run().bytes()).isNotSameAs(first.run().bytes());
                reader.advance(second.run(), second.end());
            }
        }
    }

    /** Reads to the end of the log. */
    private List<FramedRun> frames(LogReader reader) {
        List<FramedRun> frames = new ArrayList<>();
        while (reader.next() < log.head()) {
            FramedRun next = next(reader, ROOM);
            reader.advance(next.run(), next.end());
            frames.add(next);
        }
        return frames;
    }

    @Test
    void logsAreNotMixedUp() {
        LogWriter others = writer();
        ChannelLog other = others.log();
        append(writer, 1);
        append(others, 2);

        assertThat(next(reader(log, 0), ROOM).frame().text()).isEqualTo("1");
        assertThat(next(reader(other, 0), ROOM).frame().text()).isEqualTo("1\n2");
        assertThat(next(reader(log, 0), ROOM).frame().text()).isEqualTo("1");
    }

    @Test
    void aReaderOfEverythingGetsNothing() {
        append(writer, 2);
        next(reader(log, 0), ROOM);

        assertThat(shared.next("machines", reader(log, 2), ROOM)).isNull();
    }

    @Test
    void sharedFramesAreAlwaysWhatAFreshReadBeginsWith() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("SharedFramesTest -Dseed=" + seed);
        Random random = new Random(seed);
        LogWriter small = new LogWriter(
                new StreamStart("e", PositionVector.ORIGIN, PositionVector.ORIGIN),
                Retention.of(Duration.ofDays(1), Retention.LEAST_BYTES),
                0);
        ChannelLog log = small.log();
        for (int turn = 0; turn < 20_000; turn++) {
            append(small, random.nextInt(4));
            long at = Math.max(log.start(), log.head() - random.nextInt(40));
            int room = random.nextBoolean() ? ROOM : 20 + random.nextInt(200);
            long end = random.nextInt(3) == 0 ? at + random.nextInt(10) : Long.MAX_VALUE;
            FramedRun slice = shared.next("machines", reader(log, at, end), room);
            Run anew = reader(log, at, end).read(room, Integer.MAX_VALUE);

            assertThat(slice == null).isEqualTo(anew.isEmpty());
            if (slice != null) {
                assertThat(slice.end()).isLessThanOrEqualTo(anew.end());
                anew = reader(log, at, slice.end()).read(room, Integer.MAX_VALUE);
                assertThat(slice.end()).isEqualTo(anew.end());
                assertThat(slice.frame().payload()).isEqualTo(anew.lines());
            }
        }
    }

    private FramedRun next(LogReader reader, int room) {
        return Objects.requireNonNull(shared.next("machines", reader, room));
    }

    private static LogReader reader(ChannelLog log, long at) {
        return reader(log, at, Long.MAX_VALUE);
    }

    /** One that may read up to {@code end} for now. */
    private static LogReader reader(ChannelLog log, long at, long end) {
        LogReader reader = new LogReader(Cursor.before(log, at), PositionVector.ORIGIN, Selection.of(List.of()));
        reader.upTo(end, end);
        return reader;
    }

    private static LogWriter writer() {
        return LogWriter.whole(new StreamStart("e", PositionVector.ORIGIN, PositionVector.ORIGIN));
    }

    private static void append(LogWriter writer, int lines) {
        append(writer, lines, 0);
    }

    private static void append(LogWriter writer, int lines, int length) {
        for (int i = 0; i < lines; i++) {
            byte[] line =
                    (Long.toString(writer.log().head() + 1) + " ".repeat(length)).getBytes(StandardCharsets.US_ASCII);
            writer.appendRow(new EventLine(line, line.length, 0, "k", null, null), null);
        }
    }
}
