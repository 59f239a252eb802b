package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No time passes for the sink, so no tick can repair a lost wake-up: an event is delivered by its own wake-up, or never
 * (S5).
 */
class NoWakeUpIsLostTest {
    private static final int NEVER = Integer.MAX_VALUE;

    private final AtomicInteger framesUntilTheNextEvent = new AtomicInteger(NEVER);
    private final AtomicLong nanos = new AtomicLong();
    private final InMemorySource source = InMemorySource.named("s", 1, 100, Runnable::run);
    private final WebSocketSink sink = WebSocketSink.builder("/laundry")
            .workers(1)
            .services(HostServices.standard()
                    .withClock(InstantSource.system(), nanos::get)
                    .withTelemetry((meter, channel, amount) -> frameSent(meter)))
            .build();
    private final Bridge bridge =
            Bridge.from(source).channel("c").access(Access.anonymous()).to(sink);

    @BeforeEach
    void starts() {
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
    }

    @AfterEach
    void stops() {
        bridge.stop();
    }

    /** On the worker, within the sending of a frame. */
    private void frameSent(Meter meter) {
        if (meter == Meter.FRAMES && framesUntilTheNextEvent.decrementAndGet() == 0) {
            publish(1);
        }
    }

    private void publish(int n) {
        source.publish("k", "{\"n\":" + n + "}");
    }

    private SessionProbe live() {
        SessionProbe session = SessionProbe.full(sink).subscribe("c", "");
        session.await("\"op\":\"live\"");
        return session;
    }

    @Test
    void anEventThatComesWhileTheWorkerLooksFromSessionToSessionReachesThoseItHasPassed() {
        SessionProbe first = live();
        SessionProbe second = live();
        second.growOlder(nanos); // both are served in one look
        framesUntilTheNextEvent.set(2);
        publish(0);
        assertThat(Wire.numbers(second.awaitEvents(2))).containsExactly(0, 1);
        assertThat(Wire.numbers(first.awaitEvents(2))).containsExactly(0, 1);
    }

    @Test
    void eventsThatGatherDuringASendFollowItsEnd() {
        SessionProbe slow = live();
        slow.stopReading();
        publish(0);
        slow.awaitEvents(1);
        publish(1);
        live(); // the worker has looked at the slow session by now
        slow.readAgain();
        assertThat(Wire.numbers(slow.awaitEvents(2))).containsExactly(0, 1);
    }
}
