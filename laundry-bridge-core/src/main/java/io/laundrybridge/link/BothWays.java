package io.laundrybridge.link;

import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The two directions of a channel that has events and takes publishes.
 *
 * @param events from the source to the clients
 * @param publishes from the clients to a sink
 */
public record BothWays(Link events, Link publishes) implements Link {
    @Override
    public String name() {
        return events.name();
    }

    @Override
    public void listen(Runnable changed) {
        events.listen(changed);
        publishes.listen(changed);
    }

    /** Returns the condition of the worse direction. */
    @Override
    public Condition condition() {
        return List.of(events.condition(), publishes.condition()).stream()
                .max(Comparator.comparingInt(each -> Connections.BY_SEVERITY.indexOf(each.phase())))
                .orElseThrow();
    }

    @Override
    public void connect(BooleanSupplier over) {
        publishes.connect(over);
        events.connect(over);
    }

    @Override
    public void disconnect() {
        publishes.disconnect();
        events.disconnect();
    }
}
