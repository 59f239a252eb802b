package io.laundrybridge.functional;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.WebSocketSinkBuilder;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.SessionProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A node with records of the past, and a clock that moves only where a test says so. */
final class TravelBench implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);
    /** The present when the test begins, in milliseconds since 1970. */
    static final long PRESENT = 1_795_158_900_000L;

    private static final long STEP_MILLIS = 100;

    final CountingTelemetry telemetry = new CountingTelemetry();
    private final AtomicLong nanos = new AtomicLong(1);
    private final AtomicInteger pings = new AtomicInteger(1_000);
    private final InMemorySource source;
    private final WebSocketSink node;
    private final Bridge bridge;

    private TravelBench(
            int partitions, UnaryOperator<ChannelBuilder> channel, UnaryOperator<WebSocketSinkBuilder> sink) {
        HostServices services = HostServices.standard()
                .withTelemetry(telemetry)
                .withClock(() -> java.time.Instant.ofEpochMilli(now()), nanos::get);
        source = InMemorySource.named("machine-log", partitions, 100_000, Runnable::run);
        node = sink.apply(WebSocketSink.builder("/laundry").services(services).workers(1))
                .build();
        bridge = channel.apply(Bridge.from(source)
                        .channel("machines")
                        .services(services)
                        .retain(Retention.of(Duration.ofHours(1), 16 << 20))
                        .access(Access.anonymous()))
                .to(node);
        bridge.start();
        bridge.awaitLive(SOON);
    }

    static TravelBench open(UnaryOperator<ChannelBuilder> channel) {
        return open(1, channel, sink -> sink);
    }

    static TravelBench open(
            int partitions, UnaryOperator<ChannelBuilder> channel, UnaryOperator<WebSocketSinkBuilder> sink) {
        return new TravelBench(partitions, channel, sink);
    }

    /** Keeps so little in memory that almost all of the past must be read again. */
    static ChannelBuilder shortMemory(ChannelBuilder channel) {
        return channel.retain(Retention.of(Duration.ofHours(1), Retention.LEAST_BYTES));
    }

    long now() {
        return PRESENT + nanos.get() / 1_000_000;
    }

    /** Publishes event {@code n} of {@code key}, stamped {@code millis} since 1970. */
    void publish(@Nullable String key, int n, long millis) {
        source.publish(
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8),
                millis,
                List.of());
    }

    /** Publishes so much of the present that memory holds nothing of the past. */
    void fillMemory() {
        String filling = "x".repeat(1_000);
        for (int n = 0; n < 500; n++) {
            source.publish("filling", "{\"n\":9999999,\"x\":\"" + filling + "\"}");
        }
    }

    SessionProbe client() {
        return SessionProbe.full(node);
    }

    WebSocketSink node() {
        return node;
    }

    /** Lets {@code time} pass in small steps; after each, {@code client} has been given what it then may have. */
    void pass(Duration time, SessionProbe client) {
        for (long passed = 0; passed < time.toMillis(); passed += STEP_MILLIS) {
            step(Math.min(STEP_MILLIS, time.toMillis() - passed), client);
        }
    }

    private void step(long millis, SessionProbe client) {
        nanos.addAndGet(millis * 1_000_000);
        handled(client);
        handled(client);
    }

    /** Waits until everything that {@code client} said has been handled. */
    void handled(SessionProbe client) {
        int id = pings.incrementAndGet();
        client.say("{\"op\":\"ping\",\"id\":" + id + "}").await("\"op\":\"pong\",\"id\":" + id);
    }

    /**
     * Waits for a line of {@code client} with {@code text}. A little time passes meanwhile: a replay pauses after each
     * piece that it reads.
     */
    String await(String text, SessionProbe client) {
        Await.until(() -> "a line with " + text + ", got " + client.lines(), SOON, () -> {
            nanos.addAndGet(1_000_000);
            return client.lines().stream().anyMatch(line -> line.contains(text));
        });
        return client.await(text);
    }

    /** Lets time pass until {@code client} has {@code count} events. */
    void passUntil(int count, SessionProbe client) {
        Await.until(() -> count + " events, got " + client.events().size(), SOON, () -> {
            step(STEP_MILLIS, client);
            return client.events().size() >= count;
        });
    }

    /** Lets time pass until {@code client} has a line with {@code text}. */
    String passUntil(String text, SessionProbe client) {
        Await.until("a line with " + text, SOON, () -> {
            step(STEP_MILLIS, client);
            return client.lines().stream().anyMatch(line -> line.contains(text));
        });
        return client.await(text);
    }

    @Override
    public void close() {
        bridge.stop();
    }
}
