package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sessions share one worker, so that each could delay the others. Code that runs while a frame is sent runs on that
 * worker.
 */
class LiveSessionsNeverWaitForCatchUpTest {
    private static final int BACKLOG = 2_000;
    private static final int CROWD = 20;
    private static final String KIBIBYTE = "x".repeat(1_000);
    /** A live session never gets so much at once. */
    private static final int BIG = 10_000;

    private final AtomicLong nanos = new AtomicLong();
    private final InMemorySource source = InMemorySource.named("s", 1, 100, Runnable::run);
    private final WebSocketSink sink = WebSocketSink.builder("/laundry")
            .workers(1)
            .services(HostServices.standard()
                    .withClock(InstantSource.system(), nanos::get) // it stands: no task is urgent for too long
                    .withTelemetry(this::sent))
            .build();
    private final Bridge bridge =
            Bridge.from(source).channel("c").access(Access.anonymous()).to(sink);
    private final List<Integer> unserved = new ArrayList<>();
    /** The events that the live session had before each frame to any session. */
    private final List<Integer> had = new CopyOnWriteArrayList<>();

    private volatile @Nullable SessionProbe live;
    private volatile CountDownLatch worker = new CountDownLatch(0);
    private int big;
    private int published;

    @BeforeEach
    void starts() {
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
        IntStream.range(0, BACKLOG).forEach(n -> publish(KIBIBYTE));
        SessionProbe first = SessionProbe.full(sink).subscribe("c", "");
        first.await("\"op\":\"live\"");
        live = first;
    }

    @AfterEach
    void stops() {
        bridge.stop();
    }

    private void publish(String value) {
        source.publish("k", "{\"n\":" + published++ + ",\"v\":\"" + value + "\"}");
    }

    /** On the worker, before each frame. */
    private void sent(Meter meter, String channel, long amount) {
        SessionProbe served = live;
        if (meter != Meter.FRAME_BYTES || served == null) {
            return;
        }
        if (amount > BIG && ++big > CROWD) { // all have begun: the first frame of each comes before the second of any
            unserved.add(published - BACKLOG - served.events().size());
            publish("");
        }
        had.add(served.events().size());
        await(worker);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<SessionProbe> crowd(int size) {
        return IntStream.range(0, size)
                .mapToObj(n -> SessionProbe.full(sink).subscribe("c", ""))
                .toList();
    }

    /** A turn is 48 KiB and the frame that exceeds it; a frame that ends with a piece of the log may be small. */
    @Test
    void aLiveSessionIsServedBetweenTwoTurnsOfSessionsThatCatchUp() {
        List<SessionProbe> crowd = crowd(CROWD);
        crowd.forEach(one -> one.await("\"op\":\"live\""));
        crowd.get(0).growOlder(nanos);
        worker = new CountDownLatch(1);
        publish("");
        crowd.forEach(one -> one.subscribe("c", ",\"from\":\"earliest\""));
        worker.countDown();
        crowd.forEach(one -> one.awaitEvents(BACKLOG + 1));
        assertThat(unserved).hasSizeGreaterThan(CROWD * BACKLOG / 100).containsOnly(0, 1);
    }

    @Test
    void aLiveSessionIsServedBeforeSessionsThatHaveJustCome() {
        List<SessionProbe> crowd = new ArrayList<>();
        publishAfter(() -> {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(SessionProbe.full(sink).subscribe("c", ""));
            }
        });
        crowd.forEach(one -> one.await("\"op\":\"live\""));
        assertThat(List.copyOf(had).subList(2, 2 + CROWD)).containsOnly(1);
    }

    @Test
    void aLiveSessionIsServedBeforeSessionsThatSubscribeForTheFirstTime() {
        List<SessionProbe> crowd =
                IntStream.range(0, CROWD).mapToObj(n -> SessionProbe.full(sink)).toList();
        crowd.forEach(one -> one.await("\"op\":\"welcome\""));
        publishAfter(() -> crowd.forEach(one -> one.subscribe("c", "")));
        crowd.forEach(one -> one.await("\"op\":\"live\""));
        assertThat(List.copyOf(had).subList(2, 2 + CROWD)).containsOnly(1);
    }

    /** Publishes an event while the worker serves another session, and {@code what} has come before it. */
    private void publishAfter(Runnable what) {
        SessionProbe other = SessionProbe.full(sink);
        other.await("\"op\":\"welcome\"");
        had.clear();
        worker = new CountDownLatch(1);
        other.say("{\"op\":\"ping\",\"id\":1}");
        Await.until("the worker answers it", Duration.ofSeconds(10), () -> !had.isEmpty());
        what.run();
        publish("");
        worker.countDown();
    }
}
