package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge.Startup;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.AuditTape;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The warm-up of a node, beside channels that have a source in memory. */
class ANodeIsReadyAfterItsWarmUpTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String MINUTE = "1m";

    private final InMemorySource source = InMemorySource.named("machines");
    private final CountDownLatch mayWarmUp = new CountDownLatch(1);
    private final AtomicLong ahead = new AtomicLong();
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final AuditTape audit = new AuditTape();
    private final HostServices services = HostServices.standard()
            .withTelemetry(telemetry)
            .withAudit(audit)
            .withClock(InstantSource.system(), () -> System.nanoTime() + ahead.get())
            .withThreads(this::thread);

    private LaundryBridge bridge = builder(MINUTE).build();

    /** Holds the thread of the warm-up until the test lets it go. */
    private Thread thread(Runnable task) {
        Thread thread = new Thread(() -> {
            if (Thread.currentThread().getName().equals("laundry-bridge-warm-up")) {
                awaitQuietly(mayWarmUp);
            }
            task.run();
        });
        thread.setDaemon(true);
        return thread;
    }

    private LaundryBridgeBuilder builder(String warmUp) {
        return LaundryBridge.builder()
                .settings(Map.of(
                        "laundry-bridge.path", "/laundry",
                        "laundry-bridge.warm-up", warmUp,
                        "laundry-bridge.channels.machines.access", "anonymous"))
                .services(services)
                .source("machines", source);
    }

    private void start(String warmUp) {
        bridge = builder(warmUp).build();
        bridge.start();
        bridge.bridge("machines").awaitLive(SOON);
    }

    @AfterEach
    void ends() {
        mayWarmUp.countDown();
        bridge.close();
    }

    @Test
    void readinessWaitsForTheWarmUpAndSessionsDoNot() {
        start(MINUTE);
        ChannelStatus waiting = bridge.health().channels().get(0);
        assertThat(waiting.state()).isEqualTo(BridgeState.LIVE);
        assertThat(waiting.warmingUp()).isTrue();
        assertThat(waiting.reason()).contains("laundry-bridge.warm-up");
        assertThat(bridge.health().ready()).isFalse();
        SessionProbe.full(bridge.sink()).subscribe("machines", "").await("\"op\":\"live\"");
        mayWarmUp.countDown();
        Await.until("the node is ready", SOON, () -> bridge.health().ready());
        assertThat(bridge.health().channels().get(0).reason()).isEmpty();
        assertThat(telemetry.times(Meter.WARM_UP)).as("its meter").hasSize(1);
    }

    @Test
    void readinessIsBoundedWhateverTheWarmUpDoes() {
        start(MINUTE);
        ahead.set(Duration.ofSeconds(59).toNanos());
        assertThat(bridge.health().ready()).isFalse();
        ahead.set(Duration.ofSeconds(61).toNanos());
        assertThat(bridge.health().ready()).isTrue();
    }

    @Test
    void aStartThatMayFailReturnsOnceTheNodeIsReady() {
        mayWarmUp.countDown();
        bridge = builder(MINUTE).startup(Startup.FAIL).build();
        bridge.start();
        assertThat(bridge.health().ready()).isTrue();
    }

    @Test
    void withoutTheSettingThereIsNoWarmUp() {
        start("0ms");
        assertThat(bridge.health().ready()).isTrue();
        assertThat(bridge.health().channels().get(0).warmingUp()).isFalse();
    }

    @Test
    void nothingOfItIsInMetersSessionsAndChannels() {
        mayWarmUp.countDown();
        start(MINUTE);
        Await.until("the node is ready", SOON, () -> bridge.health().ready());
        assertThat(bridge.sessions()).isEmpty();
        assertThat(bridge.states()).containsOnlyKeys("machines");
        assertThat(telemetry.sum(Meter.FRAMES)).isZero();
        assertThat(telemetry.sum(Meter.SESSIONS)).isZero();
        assertThat(telemetry.labels(Meter.RECORDS)).isSubsetOf("machines");
        assertThat(telemetry.sum(Meter.RECORDS)).isZero();
        assertThat(audit.events()).isEmpty();
        SessionProbe client = SessionProbe.full(bridge.sink()).subscribe("warm-up", "");
        assertThat(client.await("\"op\":\"error\"")).contains("forbidden");
    }

    @Test
    void aStopDuringTheWarmUpEndsIt() {
        mayWarmUp.countDown();
        start(MINUTE);
        bridge.close();
        Await.until(
                "no thread of the warm-up is left",
                SOON,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name -> name.startsWith("laundry-bridge-warm-up")));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
