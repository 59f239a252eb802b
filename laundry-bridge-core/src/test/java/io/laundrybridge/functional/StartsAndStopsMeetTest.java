package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeListener;
import io.laundrybridge.BridgeState;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts, stops and new sessions happen at the same time. */
class StartsAndStopsMeetTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> NAMES = List.of("alarms", "machines", "orders");
    private static final int LIVES = 25;

    private final CountingTelemetry meters = new CountingTelemetry();
    private final HostServices services = HostServices.standard().withTelemetry(meters);
    private final InMemorySource source = InMemorySource.named("s", 1, 1_000, Runnable::run);
    private final WebSocketSink sink = WebSocketSink.builder("/laundry")
            .services(services)
            .limits(Limits.with("limits.sessions", "100000"))
            .build();

    /** Attaches only if it may, and records whether it is attached. */
    private static final class Slow implements EventSink {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile boolean attached;

        @Override
        public void attach(EventStream stream) {
            entered.countDown();
            await(goOn);
            attached = true;
        }

        @Override
        public void detach(EventStream stream) {
            attached = false;
        }
    }

    @Test
    void noClientGetsAFinalAnswerOrNoneWhileNodesRestart() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        AtomicInteger served = new AtomicInteger();
        List<Thread> crowd = IntStream.range(0, 3)
                .mapToObj(i -> new Thread(() -> {
                    while (!over.get()) {
                        come(complaints, served);
                    }
                }))
                .toList();
        List<Bridge> bridges = built();
        crowd.forEach(Thread::start);
        for (int life = 0; life < LIVES; life++) {
            bridges.forEach(Bridge::start);
            bridges.forEach(bridge -> bridge.awaitLive(SOON));
            int enough = served.get() + 10;
            Await.until("some are served", SOON, () -> served.get() >= enough || !complaints.isEmpty());
            if (life % 2 == 0) {
                sink.close();
            }
            bridges.forEach(Bridge::stop);
            bridges = built();
        }
        over.set(true);
        for (Thread client : crowd) {
            client.join();
        }
        assertThat(complaints).isEmpty();
        assertThat(meters.sum(Meter.SESSIONS)).as("sessions at the end").isZero();
        assertThat(meters.sum(Meter.SUBSCRIPTIONS)).isZero();
    }

    /** One client: it requests all channels, and leaves once each was answered, or the server has closed. */
    private void come(Queue<String> complaints, AtomicInteger served) {
        SessionProbe full = SessionProbe.full(sink);
        for (String name : NAMES) {
            full.say("{\"op\":\"subscribe\",\"id\":" + NAMES.indexOf(name) + ",\"ch\":\"" + name + "\"}");
        }
        SessionProbe plain = SessionProbe.plain(sink, Map.of("channel", List.of("orders"), "from", List.of("live")));
        try {
            Await.until("answers", SOON, () -> full.closeCode() != 0 || answers(full) == NAMES.size());
        } catch (AssertionError silence) {
            complaints.add("silence after " + full.lines());
        }
        full.lines().stream()
                .filter(line -> line.contains("\"retry\":false") || line.contains("forbidden"))
                .forEach(complaints::add);
        for (SessionProbe each : List.of(full, plain)) {
            if (each.closeCode() != 0 && each.closeCode() != 1012 && each.closeCode() != 1013) {
                complaints.add("closed with " + each.closeCode() + " " + each.closeReason());
            }
            each.cut();
        }
        served.addAndGet(full.lines().stream().anyMatch(line -> line.contains("subscribed")) ? 1 : 0);
    }

    private static long answers(SessionProbe client) {
        return client.lines().stream().filter(line -> line.contains("\"id\":")).count();
    }

    @Test
    void aStopWaitsForTheStartInProgressAndUndoesIt() throws Exception {
        Slow slow = new Slow();
        Bridge bridge =
                Bridge.from(source).channel("c").access(Access.anonymous()).to(slow, sink);
        Thread starting = new Thread(bridge::start);
        starting.start();
        await(slow.entered);
        Thread stopping = new Thread(bridge::stop);
        stopping.start();
        Await.until("it stops", SOON, () -> bridge.state() == BridgeState.DRAINING);
        slow.goOn.countDown();
        starting.join();
        stopping.join();
        assertThat(bridge.state()).isEqualTo(BridgeState.STOPPED);
        assertThat(slow.attached).isFalse();
        assertThat(SessionProbe.full(sink).awaitClose())
                .as("the endpoint is closed")
                .isEqualTo(1012);
        assertThat(workers()).isZero();
    }

    @Test
    void aSecondStopWaitsForTheFirstButNotWithinAListener() throws Exception {
        CountDownLatch draining = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BridgeListener listener = (bridge, state, reason) -> {
            if (state == BridgeState.DRAINING) {
                bridge.stop(); // within the first: it would wait for itself
                draining.countDown();
                await(goOn);
            }
        };
        Bridge bridge = Bridge.from(source)
                .channel("c")
                .access(Access.anonymous())
                .listener(listener)
                .to(sink);
        bridge.start();
        Thread first = new Thread(bridge::stop);
        first.start();
        await(draining);
        Thread second = new Thread(bridge::close);
        second.start();
        Await.until("the second waits", SOON, () -> second.getState() == Thread.State.WAITING);
        assertThat(bridge.state()).isEqualTo(BridgeState.DRAINING);
        goOn.countDown();
        second.join();
        assertThat(bridge.state()).isEqualTo(BridgeState.STOPPED);
        first.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aStartForWhichThereAreTooFewThreadsLeavesNone(int lent) {
        AtomicInteger left = new AtomicInteger(lent);
        List<Thread> threads = new ArrayList<>();
        HostServices host = services.withThreads(task -> {
            if (left.getAndDecrement() <= 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        });
        WebSocketSink small =
                WebSocketSink.builder("/laundry").services(host).workers(3).build();
        Bridge bridge = Bridge.from(InMemorySource.named("own-thread"))
                .channel("c")
                .services(host)
                .access(Access.anonymous())
                .to(small);
        assertThatThrownBy(bridge::start).isInstanceOf(OutOfMemoryError.class);
        assertThat(bridge.state()).isEqualTo(BridgeState.STOPPED);
        Await.until("no thread is left", SOON, () -> threads.stream().noneMatch(Thread::isAlive));
        assertThat(left.get()).as("it tried").isNegative();
    }

    private List<Bridge> built() {
        return NAMES.stream()
                .map(name -> Bridge.from(source)
                        .channel(name)
                        .services(services)
                        .access(Access.anonymous())
                        .to(sink))
                .toList();
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("laundry-bridge-drain"))
                .count();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
