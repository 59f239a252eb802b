package io.laundrybridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.Settings;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sockets of clients that take no notice of a close. */
class RefusedSocketsAreDroppedTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicInteger aborts = new AtomicInteger();

    private final class Deaf implements Transport {
        @Override
        public void send(Frame frame, SendCompletion completion) {}

        @Override
        public void ping(SendCompletion completion) {}

        @Override
        public int maxBatchBytes() {
            return 1_024;
        }

        @Override
        public void close(int code, String reason) {
            closes.incrementAndGet();
        }

        @Override
        public void abort() {
            aborts.incrementAndGet();
        }
    }

    @Test
    void afterTheirGrace() {
        WebSocketSink sink = sink("limits.close-grace", "100ms");
        for (int i = 0; i < 10; i++) {
            refuse(sink);
        }
        Await.until("the sockets to be dropped", SOON, () -> aborts.get() == 10);
        assertThat(closes.get()).isEqualTo(10);
        assertThat(telemetry.sum(Meter.REFUSED_OPEN)).isZero();
    }

    @Test
    void alsoWhereTheClientDoesNotReadWhyItIsRefused() {
        WebSocketSink sink = sink("limits.close-grace", "100ms");
        Handshake known = new Handshake(List.of("laundry-bridge.v1"), Map.of(), Caller.ANONYMOUS);
        sink.accept(known, new Deaf()); // no channel is open
        Await.until("the socket to be dropped", SOON, () -> aborts.get() == 1);
        assertThat(closes.get()).as("closes before the reason was sent").isZero();
        assertThat(telemetry.sum(Meter.REFUSED_OPEN)).isZero();
    }

    @Test
    void alsoWhereTheContainerSaysThatTheyAreClosedAndReadsOn() {
        WebSocketSink sink = sink("limits.close-grace", "100ms");
        refuse(sink).closed();
        Await.until("the socket to be dropped", SOON, () -> aborts.get() == 1);
    }

    @Test
    void atOnceWhereTooManyWaitForTheirs() {
        WebSocketSink sink = sink("limits.refused-sockets", "2");
        for (int i = 0; i < 5; i++) {
            refuse(sink);
        }
        Await.until("three to be dropped", SOON, () -> aborts.get() == 3 && closes.get() == 2);
        assertThat(telemetry.sum(Meter.REFUSED_OPEN)).isEqualTo(2);
    }

    @Test
    void notBeforeTheirGraceAndTheyDoNotCountOnceClosed() {
        WebSocketSink sink = sink("limits.refused-sockets", "2");
        for (int i = 0; i < 5; i++) {
            refuse(sink).closed();
        }
        Await.until("all to be closed", SOON, () -> closes.get() == 5);
        assertThat(aborts.get()).isZero();
        assertThat(telemetry.sum(Meter.REFUSED_OPEN)).isZero();
    }

    private Inbound refuse(WebSocketSink sink) {
        return sink.accept(new Handshake(List.of("soap"), Map.of(), Caller.ANONYMOUS), new Deaf());
    }

    private WebSocketSink sink(String key, String value) {
        return WebSocketSink.builder("/laundry")
                .services(HostServices.standard().withTelemetry(telemetry))
                .limits(SessionLimits.from(Settings.of(Map.of("laundry-bridge." + key, value))))
                .build();
    }
}
