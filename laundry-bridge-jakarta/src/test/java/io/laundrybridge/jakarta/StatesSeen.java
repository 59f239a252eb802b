package io.laundrybridge.jakarta;

import io.laundrybridge.Bridge;
import io.laundrybridge.LaundryBridge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A bean into which the bridge is injected, and which learns of its states. */
@ApplicationScoped
public class StatesSeen {
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @Inject
    Instance<LaundryBridge> bridge;

    @Inject
    @ForChannel("orders")
    Instance<Bridge> orders;

    void add(String state) {
        seen.add(state);
    }

    @Override
    public String toString() {
        return orders.get().name() + " of " + bridge.get().states().keySet() + " saw " + seen;
    }
}
