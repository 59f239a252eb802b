package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway has hundreds of topics, most of which get little. */
class AQuietChannelCostsLittleTest {
    private static final int WARM_UP = 8;
    private static final int CHANNELS = 112;

    private final WebSocketSink sink = WebSocketSink.builder("/laundry").build();
    private final List<Bridge> bridges = new ArrayList<>();

    @AfterEach
    void stop() {
        bridges.forEach(Bridge::stop);
    }

    @Test
    void aChannelWithReadersAndAFewEventsTakesAtMost64KiB() {
        InMemorySource first = begin("first");
        SessionProbe one = SessionProbe.full(sink);
        SessionProbe other = SessionProbe.full(sink);
        use("first", first, one, other);
        for (int i = 1; i < WARM_UP; i++) {
            use("warm" + i, begin("warm" + i), one, other);
        }
        long before = usedHeap();
        for (int i = 0; i < CHANNELS; i++) {
            use("c" + i, begin("c" + i), one, other);
        }
        long each = (usedHeap() - before) / CHANNELS;
        System.out.println("heap of a quiet channel with two readers: " + each + " bytes");
        assertThat(each).isLessThanOrEqualTo(64 << 10);
    }

    private InMemorySource begin(String name) {
        InMemorySource source = InMemorySource.named(name, 6, 16, Runnable::run);
        Bridge bridge =
                Bridge.from(source).channel(name).access(Access.anonymous()).to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(30));
        return source;
    }

    private static void use(String name, InMemorySource source, SessionProbe... readers) {
        for (SessionProbe reader : readers) {
            reader.subscribe(name, "");
            reader.await(
                    "live in " + name, line -> line.contains("\"op\":\"live\"") && line.contains("\"" + name + "\""));
        }
        for (int i = 0; i < 10; i++) {
            source.publish("key" + i, "{\"n\":" + i + "}");
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
