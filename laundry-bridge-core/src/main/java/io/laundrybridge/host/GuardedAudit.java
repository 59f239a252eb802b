package io.laundrybridge.host;

import io.laundrybridge.logging.RateLimitedLog;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/** Wraps the host's audit listener: its exceptions and errors are logged and have no other effect. */
final class GuardedAudit implements AuditListener {
    private final AuditListener receiver;
    private final RateLimitedLog failures;

    private GuardedAudit(AuditListener receiver, LongSupplier nanoTime) {
        this.receiver = receiver;
        this.failures = new RateLimitedLog(LoggerFactory.getLogger(AuditListener.class), nanoTime);
    }

    static AuditListener of(AuditListener receiver, LongSupplier nanoTime) {
        boolean safe = receiver.equals(NONE) || receiver instanceof GuardedAudit;
        return safe ? receiver : new GuardedAudit(receiver, nanoTime);
    }

    @Override
    public void audit(AuditEvent event) {
        try {
            receiver.audit(event);
        } catch (Throwable e) {
            failures.warn("The audit listener threw at an event of kind " + event.kind() + "; the bridge goes on", e);
        }
    }
}
