package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts compressions. Time passes for the sink only if a test says so. */
class CompressedOnceForAllTest {
    private static final String LIVE = "\"op\":\"live\"";
    private static final String COMPRESS = ",\"compress\":\"deflate-raw\"";

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final AtomicLong nanos = new AtomicLong(1);
    private Laundry laundry = laundry(SessionLimits.DEFAULT);

    private Laundry laundry(SessionLimits limits) {
        HostServices services = HostServices.standard()
                .withClock(InstantSource.system(), nanos::get)
                .withTelemetry(telemetry);
        return Laundry.open(
                channel -> channel.compress(true),
                sink -> sink.services(services).limits(limits).workers(2));
    }

    @AfterEach
    void stops() {
        laundry.close();
        assertThat(telemetry.sum(Meter.COMPRESSED_HELD)).isZero();
    }

    private SessionProbe live(String rest) {
        SessionProbe session = SessionProbe.full(laundry.sink()).subscribe("machines", rest);
        session.await(LIVE);
        return session;
    }

    /** Ticks until {@code session} has {@code count} events: a worker may not have seen yet that it must wait. */
    private List<String> tick(SessionProbe session, int count) {
        Await.until(count + " events", Duration.ofSeconds(10), () -> {
            nanos.addAndGet(Duration.ofMillis(50).toNanos());
            return session.events().size() >= count;
        });
        return session.events();
    }

    private List<SessionProbe> live(int count, String rest) {
        List<SessionProbe> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(live(rest));
        }
        return sessions;
    }

    @Test
    void twentySessionsOfTwoWorkersShareOneCompressedFrame() {
        List<SessionProbe> sessions = live(20, COMPRESS + ",\"flush\":50");
        laundry.publish(0, 30);
        for (SessionProbe session : sessions) {
            assertThat(Wire.numbers(tick(session, 30))).containsExactlyElementsOf(Wire.range(0, 30));
            assertThat(session.compressed()).isEqualTo(1);
        }
        assertThat(telemetry.sum(Meter.COMPRESSED)).isEqualTo(1);
        assertThat(telemetry.sum(Meter.COMPRESSED_SHARED)).isEqualTo(19);
        assertThat(telemetry.sum(Meter.COMPRESSED_HELD)).isPositive();
    }

    @Test
    void aSessionWithoutAFlushIntervalSharesToo() {
        laundry.publish(0, 500);
        List<SessionProbe> sessions = live(10, COMPRESS + ",\"from\":\"last:500\"");
        laundry.publish(500, 2_000);
        int frames = 0;
        for (SessionProbe session : sessions) {
            assertThat(Wire.numbers(session.awaitEvents(2_500))).containsExactlyElementsOf(Wire.range(0, 2_500));
            frames += session.compressed();
        }
        assertThat(telemetry.sum(Meter.COMPRESSED) + telemetry.sum(Meter.COMPRESSED_SHARED))
                .isEqualTo(frames);
        assertThat(telemetry.sum(Meter.COMPRESSED)).isLessThan(frames / 2);
    }

    @Test
    void theFirstByteShowsCompressionAndTheFrameIsSmaller() {
        laundry.publish(0, 1_000);
        SessionProbe plain = live(",\"from\":\"last:1000\"");
        SessionProbe compressed = live(COMPRESS + ",\"from\":\"last:1000\"");
        assertThat(compressed.events()).isEqualTo(plain.events());
        assertThat(plain.compressed()).isZero();
        assertThat(compressed.wireBytes()).isLessThan(plain.wireBytes() / 4);
    }

    @Test
    void fewBytesGoOutAsTheyAre() {
        SessionProbe session = live(COMPRESS);
        laundry.publish(0, 1);
        session.awaitEvents(1);
        assertThat(telemetry.sum(Meter.COMPRESSED)).isZero();
        assertThat(session.compressed()).isZero();
    }

    @Test
    void linesThatAreChosenAndControlLinesStayReadable() {
        SessionProbe chosen = live(COMPRESS + ",\"keys\":[\"m-1\"]");
        laundry.publish(0, 500);
        chosen.awaitEvents(50);
        chosen.say("{\"op\":\"ping\",\"id\":7}").await("{\"op\":\"pong\",\"id\":7}");
        assertThat(chosen.compressed()).isZero();
    }

    @Test
    void aFrameHoldsLinesOfOneChannelOnly() {
        try (Laundry dryers = Laundry.join(laundry, "dryers", channel -> channel.compress(true))) {
            SessionProbe session = live(COMPRESS + ",\"flush\":50");
            session.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"dryers\",\"flush\":50" + COMPRESS + "}");
            session.await("live", line -> line.contains(LIVE) && line.contains("dryers"));
            laundry.publish(0, 300);
            dryers.publish(0, 300);
            tick(session, 600);
            assertThat(session.compressed()).isGreaterThanOrEqualTo(2);
            assertThat(session.frames())
                    .noneMatch(frame -> frame.contains("\"ch\":\"machines\"") && frame.contains("\"ch\":\"dryers\""));
        }
    }

    @Test
    void beatsCountBytesAsTheyTravel() {
        laundry.close();
        laundry = laundry(Limits.with("limits.beat-bytes", "16KiB"));
        laundry.publish(0, 5_000);
        SessionProbe session = live(COMPRESS + ",\"from\":\"last:5000\"");
        long beats = session.lines().stream()
                .filter(line -> line.contains("\"op\":\"beat\""))
                .count();
        long plain = session.lines().stream().mapToLong(String::length).sum();
        assertThat(beats).isLessThanOrEqualTo(session.wireBytes() / (16 << 10)).isLessThan(plain / (32 << 10));
    }

    @Test
    void keptFramesAreBounded() {
        laundry.close();
        laundry = laundry(Limits.with("limits.compressed-bytes", "4KiB"));
        SessionProbe session = live(COMPRESS);
        for (int round = 0; round < 20; round++) {
            laundry.publish(round * 200, 200);
            session.awaitEvents((round + 1) * 200);
        }
        Await.until("little is kept", Duration.ofSeconds(10), () -> telemetry.sum(Meter.COMPRESSED_HELD) <= 4 << 10);
        assertThat(Wire.numbers(session.events())).containsExactlyElementsOf(Wire.range(0, 4_000));
    }

    @Test
    void onlyChannelsThatAllowItCompressAndAnotherWayIsRefused() {
        SessionProbe offered = SessionProbe.full(laundry.sink());
        assertThat(offered.await("welcome")).containsPattern("\"features\":\\[[^]]*\"compress\"]");
        assertThat(offered.subscribe("machines", ",\"compress\":\"gzip\"").await("\"id\":1"))
                .contains("bad_request")
                .contains("deflate-raw");
        try (Laundry closed = Laundry.open()) {
            SessionProbe session = SessionProbe.full(closed.sink());
            assertThat(session.await("welcome")).doesNotContain("compress");
            closed.publish(0, 500);
            session.subscribe("machines", COMPRESS + ",\"from\":\"last:500\"").awaitEvents(500);
            assertThat(session.compressed()).isZero();
        }
    }

    @Test
    void aSnapshotIsSharedAsWell() {
        try (Laundry state = Laundry.open(
                channel -> channel.latestByKey().compress(true),
                sink -> sink.services(HostServices.standard().withTelemetry(telemetry)))) {
            state.publish(0, 1_000);
            for (int i = 0; i < 5; i++) {
                SessionProbe session = SessionProbe.full(state.sink()).subscribe("machines", COMPRESS);
                session.await("\"count\":10");
                assertThat(session.compressed()).isEqualTo(1);
            }
            assertThat(telemetry.sum(Meter.COMPRESSED)).isLessThan(5);
        }
    }
}
