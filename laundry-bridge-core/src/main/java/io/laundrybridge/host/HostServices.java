package io.laundrybridge.host;

import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/**
 * Threads, clocks, telemetry and the audit that the host lends. Immutable and thread-safe.
 *
 * @param threads makes the bridge's few long-lived threads; the bridge names them and stops them
 * @param clock wall time, for timestamps that people and other nodes read
 * @param nanoTime monotonic time in nanoseconds, for every deadline and interval
 * @param telemetry receives the bridge's meters
 * @param audit receives what clients do and are refused
 */
public record HostServices(
        ThreadFactory threads, InstantSource clock, LongSupplier nanoTime, Telemetry telemetry, AuditListener audit) {

    /**
     * Makes services; exceptions of the telemetry and of the audit are logged at most once in 10 s and have no other
     * effect.
     *
     * @param clock wall time
     * @param telemetry takes the bridge's meters
     * @param nanoTime monotonic time in nanoseconds
     * @param threads makes the bridge's few long-lived threads
     * @param audit takes what clients do and are refused
     */
    public HostServices {
        telemetry = GuardedTelemetry.of(telemetry, nanoTime);
        audit = GuardedAudit.of(audit, nanoTime);
    }

    /** {@return daemon threads, the system's clocks, no telemetry and no audit} */
    public static HostServices standard() {
        return new HostServices(
                HostServices::daemon, InstantSource.system(), System::nanoTime, Telemetry.NONE, AuditListener.NONE);
    }

    /**
     * {@return these services with threads from {@code factory}, for example a managed thread factory}
     *
     * @param factory makes the bridge's threads
     */
    public HostServices withThreads(ThreadFactory factory) {
        return new HostServices(factory, clock, nanoTime, telemetry, audit);
    }

    /**
     * {@return these services with {@code receiver} for the meters}
     *
     * @param receiver takes the meters
     */
    public HostServices withTelemetry(Telemetry receiver) {
        return new HostServices(threads, clock, nanoTime, receiver, audit);
    }

    /**
     * {@return these services with {@code listener} for the audit, in place of any other}
     *
     * @param listener takes what clients do and are refused
     */
    public HostServices withAudit(AuditListener listener) {
        return new HostServices(threads, clock, nanoTime, telemetry, listener);
    }

    /**
     * {@return these services with both clocks replaced, for tests}
     *
     * @param wall wall time
     * @param nanos monotonic time in nanoseconds
     */
    public HostServices withClock(InstantSource wall, LongSupplier nanos) {
        return new HostServices(threads, wall, nanos, telemetry, audit);
    }

    /**
     * {@return a new, unstarted thread for {@code task}, named {@code laundry-bridge-} and {@code role}}
     *
     * @param role what the thread does, as its name says
     * @param task what it runs
     * @throws IllegalStateException if the host has no thread to lend
     */
    public Thread thread(String role, Runnable task) {
        Thread thread = threads.newThread(task);
        if (thread == null) {
            throw new IllegalStateException("the host lends no thread for laundry-bridge-" + role
                    + "; it is shutting down, or its thread factory has a limit");
        }
        thread.setName("laundry-bridge-" + role);
        return thread;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }
}
