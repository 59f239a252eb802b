package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.SessionProbe;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Containers remember closed sockets, and the endpoint, for longer than a node lives. */
class AStoppedNodeIsForgottenTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final WebSocketSink sink = WebSocketSink.builder("/laundry")
            .limits(Limits.with("limits.drain", "100ms"))
            .build();

    /**
     * The references to a node that are left.
     *
     * @param remembered the sockets that the container remembers
     */
    private record Left(List<Inbound> remembered, WeakReference<ChannelLog> log) {}

    private static final class Seen implements EventSink {
        private @Nullable Channel channel;

        @Override
        public void attach(EventStream stream) {
            Channel attached = Channel.of(stream);
            channel = attached;
        }

        @Override
        public void detach(EventStream detached) {}
    }

    @Test
    void theSocketsAndTheEndpointHoldNoLogOfIt() {
        Left left = liveAndStop();
        Await.until("the log is forgotten", SOON, () -> {
            System.gc();
            return left.log().get() == null;
        });
        assertThat(left.remembered()).hasSize(3);
        assertThat(SessionProbe.full(sink).awaitClose()).isEqualTo(1012);
    }

    private Left liveAndStop() {
        InMemorySource source = InMemorySource.named("s", 1, 100, Runnable::run);
        Seen seen = new Seen();
        Bridge bridge =
                Bridge.from(source).channel("c").access(Access.anonymous()).to(sink, seen);
        bridge.start();
        bridge.awaitLive(SOON);
        SessionProbe open = SessionProbe.full(sink).subscribe("c", "");
        SessionProbe stalled = SessionProbe.full(sink).subscribe("c", "");
        SessionProbe plain = SessionProbe.plain(sink, Map.of("channel", List.of("c"), "from", List.of("last:1")));
        open.await("\"op\":\"live\"");
        stalled.await("\"op\":\"live\"");
        stalled.stopReading();
        source.publish("k", "1");
        stalled.awaitEvents(1);
        open.awaitEvents(1);
        Channel channel = Objects.requireNonNull(seen.channel);
        WeakReference<ChannelLog> log = new WeakReference<>(channel.state().log());
        List<Inbound> remembered = List.of(open.inbound(), stalled.inbound(), plain.inbound());
        bridge.stop();
        return new Left(remembered, log);
    }
}
