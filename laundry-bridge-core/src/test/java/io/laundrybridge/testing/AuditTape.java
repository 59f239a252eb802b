package io.laundrybridge.testing;

import io.laundrybridge.host.AuditEvent;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.test.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what the bridge reports to the audit. Thread-safe. */
public final class AuditTape implements AuditListener {
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void audit(AuditEvent event) {
        events.add(event);
    }

    /** The events so far. */
    public List<AuditEvent> events() {
        return events;
    }

    /** Waits for the first event of {@code kind}. */
    public AuditEvent await(AuditEvent.Kind kind) {
        Await.until(
                "an event " + kind,
                Duration.ofSeconds(10),
                () -> events.stream().anyMatch(event -> event.kind() == kind));
        return events.stream().filter(event -> event.kind() == kind).findFirst().orElseThrow();
    }
}
