package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SnapshotsHaveTheirBoundsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FILLING = "x".repeat(200);

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final AtomicLong nanos = new AtomicLong();
    private final HostServices services =
            HostServices.standard().withTelemetry(telemetry).withClock(InstantSource.system(), nanos::get);

    @Test
    void aChangedSelectionHasTwoSnapshotsAMinuteAndThenTheLastOneWaits() {
        try (Laundry laundry = laundry(64L << 20, "limits.snapshot-free-bytes", "1")) {
            publish(laundry, 100, "a");
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            for (int n = 0; n < 20; n++) {
                client.say("{\"op\":\"subscribe\",\"id\":" + (10 + n) + ",\"ch\":\"machines\",\"keys\":[\"k-" + n
                        + "\"]}");
            }
            client.await("\"id\":29");
            laundry.publish("k-19", "1");
            client.await("what happens comes meanwhile", line -> line.endsWith("\"v\":1}"));
            client.say("{\"op\":\"ping\",\"id\":99}").await("pong");
            assertThat(begins(client)).isEqualTo(2);
            assertThat(telemetry.sum(Meter.SNAPSHOTS_DELAYED)).isEqualTo(1);
            client.subscribe("machines", ",\"from\":\"snapshot\"");
            assertThat(client.await("\"op\":\"error\""))
                    .contains("\"code\":\"busy\"")
                    .contains("\"retry\":true");
            client.awaitBeatAfter(Duration.ofMinutes(1), nanos);
            Await.until("the third", SOON, () -> begins(client) == 3);
            assertThat(client.await("the last selection's only row", line -> line.contains("\"count\":1}")))
                    .contains("end");
        }
    }

    @Test
    void smallStatesAreNotCounted() {
        try (Laundry laundry = laundry(64L << 20)) {
            publish(laundry, 100, "a");
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            for (int n = 2; n < 12; n++) {
                int begun = n;
                client.subscribe("machines", ",\"keys\":[\"k-" + n + "\"]");
                Await.until("another", SOON, () -> begins(client) == begun);
                client.await("its end", line -> line.contains("\"count\":1}"));
            }
        }
    }

    @Test
    void aSessionThatHoldsTooMuchStartsOverAndNothingIsHeldOnceItHasGone() {
        try (Laundry laundry = laundry(64 << 10)) {
            publish(laundry, 2_000, "a");
            SessionProbe slow = SessionProbe.full(laundry.sink());
            slow.await("welcome");
            slow.stopReading();
            slow.subscribe("machines", "");
            slow.await("\"state\":\"begin\"");
            publish(laundry, 1_000, "b");
            Await.until("its image is let go", SOON, () -> telemetry.sum(Meter.SNAPSHOTS_LOST) == 1);
            slow.readAgain();
            slow.await("\"count\":2000}");
            assertThat(begins(slow)).isEqualTo(2);
            List<String> lines = slow.lines();
            List<String> anew = lines.subList(lines.lastIndexOf(begin(slow)), lines.size());
            assertThat(anew.stream().filter(line -> line.contains("\"v\":\"b"))).hasSize(1_000);
            slow.stopReading();
            publish(laundry, 100, "c");
            slow.cut();
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            Await.until("nothing is held", SOON, () -> {
                laundry.source().publish("k-1", "1");
                return telemetry.sum(Meter.SNAPSHOT_BYTES) == 0;
            });
        }
    }

    @Test
    void aSnapshotThatIsNotReadOnIsLetGoAndBeginsAnewOnceItIs() {
        try (Laundry laundry = laundry(
                64L << 20,
                "limits.snapshot-deadline",
                "5s",
                "limits.beat-bytes",
                "1KiB",
                "limits.unanswered-bytes",
                "64KiB")) {
            publish(laundry, 2_000, "a");
            SessionProbe lazy = SessionProbe.open(
                    laundry.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.ANONYMOUS, false);
            lazy.await("welcome");
            lazy.subscribe("machines", "");
            lazy.await("\"state\":\"begin\"");
            lazy.awaitBeatAfter(Duration.ofSeconds(3), nanos);
            assertThat(telemetry.sum(Meter.SNAPSHOTS_LOST)).isZero();
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
            Await.until("it is let go", SOON, () -> later() && telemetry.sum(Meter.SNAPSHOTS_LOST) == 1);
            assertThat(begins(lazy)).isEqualTo(1);
            lazy.say("{\"op\":\"beat\",\"n\":1}");
            Await.until("it begins anew", SOON, () -> later() && begins(lazy) == 2);
        }
    }

    /** Sessions are looked at in parts. */
    private boolean later() {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(20));
        return true;
    }

    private Laundry laundry(long snapshotBytes, String... limits) {
        return Laundry.open(
                channel -> channel.latestByKey(new StateLimits(100_000, 64L << 20, snapshotBytes))
                        .services(services),
                sink -> sink.limits(Limits.with(limits)).services(services));
    }

    private static void publish(Laundry laundry, int keys, String value) {
        for (int n = 0; n < keys - 1; n++) {
            laundry.source().publish("k-" + n, '"' + value + FILLING + '"');
        }
        laundry.publish("k-" + (keys - 1), '"' + value + FILLING + "the last\"");
    }

    private static String begin(SessionProbe client) {
        return client.await("\"state\":\"begin\"");
    }

    private static long begins(SessionProbe client) {
        return client.lines().stream()
                .filter(line -> line.contains("\"state\":\"begin\""))
                .count();
    }
}
