package io.laundrybridge.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.LogTape;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** When a warm-up ends, and what it says. */
class WarmUpTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final LogTape log = new LogTape();
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final AtomicLong passed = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final HostServices services =
            HostServices.standard().withTelemetry(telemetry).withClock(InstantSource.system(), passed::get);

    /** A rehearsal whose rounds take what {@code nanos} says. */
    private final class Scripted implements Rehearsal {
        private final LongSupplier nanos;

        Scripted(LongSupplier nanos) {
            this.nanos = nanos;
        }

        @Override
        public long round() {
            return nanos.getAsLong();
        }

        @Override
        public long lines() {
            return 7;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private WarmUp warmUp(Duration longest, WarmUp.Rehearsals rehearsals) {
        return new WarmUp(longest, services, rehearsals, log.logger());
    }

    private WarmUp started(WarmUp.Rehearsals rehearsals) {
        WarmUp warmUp = warmUp(LONGEST, rehearsals);
        warmUp.start();
        return warmUp;
    }

    private static void awaitEnd(WarmUp warmUp) {
        Await.until("it has ended", SOON, () -> !warmUp.isRunning());
    }

    @Test
    void endsOnceRoundsGetNoFaster() {
        Deque<Long> rounds = new ArrayDeque<>(List.of(900L, 500L, 950L, 300L));
        AtomicInteger run = new AtomicInteger();
        WarmUp warmUp = started((host, over) -> new Scripted(() -> {
            run.incrementAndGet();
            Long next = rounds.poll();
            return next == null ? 299 : next;
        }));
        awaitEnd(warmUp);
        assertThat(run).hasValueGreaterThan(8).hasValueLessThan(20);
        assertThat(closed).isTrue();
        assertThat(telemetry.times(Meter.WARM_UP)).hasSize(1);
        assertThat(log.lines()).hasSize(1).allMatch(line -> line.startsWith("INFO The bridge warmed up for"));
    }

    /** The time is up for readiness, even if the round never ends. */
    @Test
    void theNodeWaitsForItButNotLongerThanTheSetting() {
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger rounds = new AtomicInteger();
        WarmUp warmUp = started((host, over) -> new Scripted(() -> {
            rounds.incrementAndGet();
            awaitQuietly(hangs);
            return 1;
        }));
        Await.until("it hangs", SOON, () -> rounds.get() == 1);
        assertThat(warmUp.isRunning()).isTrue();
        passed.set(LONGEST.toNanos() - 1);
        assertThat(warmUp.isRunning()).isTrue();
        passed.set(LONGEST.toNanos());
        assertThat(warmUp.isRunning()).isFalse();
        warmUp.await();
        hangs.countDown();
        Await.until("it ends after that round", SOON, closed::get);
        assertThat(rounds).hasValue(1);
    }

    @Test
    void aFailureIsOneWarningAndTheNodeIsReady() {
        awaitEnd(started((host, over) -> {
            throw new OutOfMemoryError("a test");
        }));
        assertThat(log.warnings()).hasSize(1).allMatch(line -> line.contains("the bridge starts without"));
    }

    @Test
    void aRoundThatFailsEndsTheRehearsalToo() {
        awaitEnd(started((host, over) -> new Scripted(() -> {
            throw new IllegalStateException("a test");
        })));
        assertThat(closed).isTrue();
        assertThat(log.warnings()).hasSize(1);
        assertThat(telemetry.times(Meter.WARM_UP)).isEmpty();
    }

    @Test
    void withoutAThreadThereIsAWarningAndNoWarmUp() {
        HostServices none = services.withThreads(task -> {
            throw new IllegalStateException("no thread to be had");
        });
        WarmUp warmUp = new WarmUp(LONGEST, none, (host, over) -> new Scripted(() -> 1), log.logger());
        warmUp.start();
        assertThat(warmUp.isRunning()).isFalse();
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void closeEndsItAndIsNoFailure() {
        CountDownLatch waits = new CountDownLatch(1);
        WarmUp warmUp = started((host, over) -> new Scripted(() -> {
            waits.countDown();
            await(over);
            throw new IllegalStateException("cut short");
        }));
        awaitQuietly(waits);
        warmUp.close();
        assertThat(closed).isTrue();
        assertThat(warmUp.isRunning()).isFalse();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void zeroIsNoWarmUp() {
        WarmUp warmUp = warmUp(Duration.ZERO, (host, over) -> {
            throw new AssertionError("not to be rehearsed");
        });
        assertThat(warmUp.isRunning()).isFalse();
        warmUp.start();
        assertThat(warmUp.isRunning()).isFalse();
        warmUp.await();
        warmUp.close();
        assertThat(log.lines()).isEmpty();
    }

    private static void await(BooleanSupplier condition) {
        Await.until("the warm-up is over", SOON, condition::getAsBoolean);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
