package io.laundrybridge.session.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.source.StreamStart;
import io.laundrybridge.testing.CountingTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two workers that compress together. */
public class CompressedFramesTest {
    private static final int ROOM = 64 << 10;

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final CompressedFrameCache runs = new CompressedFrameCache(1 << 20, telemetry);
    private final CompressingFramer one = new CompressingFramer(runs);
    private final CompressingFramer other = new CompressingFramer(runs);
    private final LogWriter writer = writer();
    private final ChannelLog log = writer.log();

    @AfterEach
    void frees() {
        one.close();
        other.close();
    }

    @Test
    void aSessionAtThePlaceOfACompressedFrameTakesItAndGoesOnAfterIt() {
        append(writer, "a", 100);
        FramedRun first = pack(one, log, 0);
        append(writer, "a", 50);
        FramedRun second = pack(other, log, 0);

        assertThat(second.end()).isEqualTo(first.end()).isEqualTo(100);
        assertThat(second.frame().payload()).isEqualTo(first.frame().payload());
        assertThat(text(pack(other, log, second.end()))).isEqualTo(lines("a", 100, 150));
        assertThat(telemetry.sum(Meter.COMPRESSED)).isEqualTo(2);
        assertThat(telemetry.sum(Meter.COMPRESSED_SHARED)).isEqualTo(1);
    }

    @Test
    void aSessionAtAnotherPlaceGetsItsOwnFrame() {
        append(writer, "a", 100);

        assertThat(text(pack(one, log, 0))).isEqualTo(lines("a", 0, 100));
        assertThat(text(pack(other, log, 1))).isEqualTo(lines("a", 1, 100));
        assertThat(telemetry.sum(Meter.COMPRESSED)).isEqualTo(2);
    }

    @Test
    void logsAreNotMixedUp() {
        LogWriter dryers = writer();
        append(writer, "a", 100);
        append(dryers, "b", 100);

        assertThat(text(pack(one, log, 0))).isEqualTo(lines("a", 0, 100));
        assertThat(text(pack(other, dryers.log(), 0))).isEqualTo(lines("b", 0, 100));
    }

    @Test
    void aFrameAlwaysHoldsTheLinesUpToItsEndAndNothingElse() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("CompressedFramesTest -Dseed=" + seed);
        Random random = new Random(seed);
        List<LogWriter> logs = List.of(small(), small());
        for (int turn = 0; turn < 5_000; turn++) {
            int which = random.nextInt(2);
            ChannelLog now = logs.get(which).log();
            append(logs.get(which), "log-" + which, random.nextInt(8));
            long at = Math.max(now.start(), now.head() - random.nextInt(60));
            int room = random.nextBoolean() ? ROOM : 20 + random.nextInt(800);
            Run run = Cursor.before(now, at).read(room, Integer.MAX_VALUE);
            if (!run.isEmpty()) {
                FramedRun packed = (random.nextBoolean() ? one : other).pack("machines", now, run);

                assertThat(packed.run().first()).isEqualTo(at);
                assertThat(text(packed)).isEqualTo(lines("log-" + which, at, packed.end()));
            }
        }
        assertThat(telemetry.sum(Meter.COMPRESSED_SHARED)).isPositive();
    }

    private static FramedRun pack(CompressingFramer frames, ChannelLog log, long at) {
        FramedRun packed = frames.pack("machines", log, Cursor.before(log, at).read(ROOM, Integer.MAX_VALUE));
        assertThat(packed.compressed()).isTrue();
        return packed;
    }

    private static String text(FramedRun packed) {
        if (!packed.compressed()) {
            return packed.frame().text();
        }
        byte[] frame = new byte[packed.frame().bytes()];
        packed.frame().payload().get(frame);
        byte[] lines = new byte[2 * ROOM];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(frame, 1, frame.length - 1);
            int length = inflater.inflate(lines);
            assertThat(inflater.finished()).isTrue();
            return new String(lines, 0, length, StandardCharsets.US_ASCII);
        } catch (DataFormatException e) {
            throw new AssertionError("a frame does not inflate by itself", e);
        } finally {
            inflater.end();
        }
    }

    private static String line(String name, long index) {
        return "{\"ch\":\"" + name + "\",\"v\":" + index + "}";
    }

    private static String lines(String name, long from, long to) {
        return LongStream.range(from, to).mapToObj(index -> line(name, index)).collect(Collectors.joining("\n"));
    }

    private static void append(LogWriter writer, String name, int lines) {
        for (int i = 0; i < lines; i++) {
            byte[] line = line(name, writer.log().head()).getBytes(StandardCharsets.US_ASCII);
            writer.appendRow(new EventLine(line, line.length, 0, "k", null, null), null);
        }
    }

    private static LogWriter writer() {
        return LogWriter.whole(new StreamStart("e", PositionVector.ORIGIN, PositionVector.ORIGIN));
    }

    private static LogWriter small() {
        return new LogWriter(
                new StreamStart("e", PositionVector.ORIGIN, PositionVector.ORIGIN),
                Retention.of(Duration.ofDays(1), Retention.LEAST_BYTES),
                0);
    }
}
