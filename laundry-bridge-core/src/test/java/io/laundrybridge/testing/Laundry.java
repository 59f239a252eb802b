package io.laundrybridge.testing;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.callback.CallbackSink;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.WebSocketSinkBuilder;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A bridge over a stream in memory, live and ready: the least that sessions need. */
public final class Laundry implements AutoCloseable {
    private final InMemorySource source;
    private final WebSocketSink sink;
    private final Bridge bridge;
    private final AtomicReference<String> newest;

    private Laundry(InMemorySource source, WebSocketSink sink, Bridge bridge, AtomicReference<String> newest) {
        this.newest = newest;
        this.source = source;
        this.sink = sink;
        this.bridge = bridge;
    }

    /** Channel {@code machines} with one partition, open to everybody. */
    public static Laundry open() {
        return open(channel -> channel, sink -> sink);
    }

    /** The same with other settings. */
    public static Laundry open(UnaryOperator<ChannelBuilder> channel, UnaryOperator<WebSocketSinkBuilder> sink) {
        InMemorySource source = InMemorySource.named("machine-log");
        AtomicReference<String> newest = new AtomicReference<>("");
        WebSocketSink built = sink.apply(WebSocketSink.builder("/laundry")).build();
        Bridge bridge = channel.apply(Bridge.from(source).channel("machines").access(Access.anonymous()))
                .to(built, noting(newest));
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
        return new Laundry(source, built, bridge, newest);
    }

    /** A second channel on the same endpoint, from a stream of its own. */
    public static Laundry join(Laundry first, String channel) {
        return join(first, channel, settings -> settings);
    }

    /** The same with other settings. */
    public static Laundry join(Laundry first, String name, UnaryOperator<ChannelBuilder> channel) {
        InMemorySource source = InMemorySource.named(name);
        AtomicReference<String> newest = new AtomicReference<>("");
        Bridge bridge = channel.apply(Bridge.from(source).channel(name).access(Access.anonymous()))
                .to(first.sink, noting(newest));
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
        return new Laundry(source, first.sink, bridge, newest);
    }

    private static CallbackSink noting(AtomicReference<String> newest) {
        return CallbackSink.to(event -> newest.set(new String(event.value(), StandardCharsets.UTF_8)));
    }

    public InMemorySource source() {
        return source;
    }

    public WebSocketSink sink() {
        return sink;
    }

    public Bridge bridge() {
        return bridge;
    }

    /**
     * Publishes, and waits until the channel has it: {@code {"n":0}} and so on, {@code count} of them, under keys
     * {@code m-0} to {@code m-9} in turn.
     */
    public void publish(int first, int count) {
        for (int n = first; n < first + count; n++) {
            source.publish("m-" + n % 10, "{\"n\":" + n + "}");
        }
        String last = "{\"n\":" + (first + count - 1) + "}";
        Await.until("the channel has " + last, Duration.ofSeconds(20), () -> last.equals(newest.get()));
    }

    /** Publishes {@code value}, or a deletion where that is null, and waits until the channel has it. */
    public void publish(String key, @Nullable String value) {
        source.publish(key, value);
        String last = String.valueOf(value);
        Await.until("the channel has " + last, Duration.ofSeconds(20), () -> last.equals(newest.get()));
    }

    @Override
    public void close() {
        bridge.stop();
    }
}
