package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts and stops of all channels together, where there is no Kafka. */
class LaundryBridgeStartTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, String> SETTINGS = Map.of(
            "laundry-bridge.path", "/laundry",
            "laundry-bridge.workers", "2",
            "laundry-bridge.channels.alarms.topic", "one",
            "laundry-bridge.channels.alarms.access", "anonymous",
            "laundry-bridge.channels.machines.topic", "two",
            "laundry-bridge.channels.machines.access", "role:staff",
            "laundry-bridge.channels.orders.topic", "two",
            "laundry-bridge.channels.orders.access", "anonymous",
            "laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:1");

    /** Two workers, then the watcher, the guard and the poll loop of both topics. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void aStartThatFailsAtAnyThreadStopsThoseBefore(int lent) {
        AtomicInteger left = new AtomicInteger(lent);
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        HostServices services = HostServices.standard().withThreads(task -> {
            if (left.getAndDecrement() <= 0) {
                throw new IllegalStateException("no thread to be had");
            }
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        });
        LaundryBridge bridge =
                LaundryBridge.builder().settings(SETTINGS).services(services).build();
        assertThatThrownBy(bridge::start).hasMessage("no thread to be had");
        assertThat(bridge.bridges()).allMatch(each -> each.state() == BridgeState.STOPPED);
        Await.until("no thread is left", SOON, () -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void allChannelsAndRolesAreKnownBeforeItStartsAndASecondStartHarmsNothing() {
        LaundryBridge bridge = LaundryBridge.builder().settings(SETTINGS).build();
        assertThat(bridge.sink().roles()).containsExactly("staff");
        assertThat(SessionProbe.full(bridge.sink()).awaitClose()).isEqualTo(1012);
        bridge.start();
        assertThatThrownBy(bridge::start).isInstanceOf(BridgeException.class).hasMessageContaining("build a new one");
        SessionProbe client = SessionProbe.full(bridge.sink()).subscribe("orders", "");
        assertThat(client.await("\"op\":\"error\"")).contains("source_unavailable");
        bridge.close();
        bridge.close();
        assertThat(client.awaitClose()).isEqualTo(1012);
        assertThat(bridge.bridges()).allMatch(each -> each.state() == BridgeState.STOPPED);
    }
}
