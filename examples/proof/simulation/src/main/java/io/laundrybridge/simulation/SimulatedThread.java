package io.laundrybridge.simulation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A thread whose time is virtual. Every method but {@link #wake} is for the thread itself. */
final class SimulatedThread {
    /** The time of a thread that sleeps until it is woken. */
    static final long NEVER = Long.MAX_VALUE;

    private final VirtualTime time;
    private final Processors processors;
    private final Thread thread;
    private @Nullable Runnable body;
    private long at = NEVER;
    private boolean asleep = true;

    SimulatedThread(String name, VirtualTime time, Processors processors) {
        this.time = time;
        this.processors = processors;
        this.thread = new Thread(() -> time.run(this, Objects.requireNonNull(body)), name);
        thread.setDaemon(true);
    }

    /** Begins to run {@code loop} now. */
    void begin(Runnable loop) {
        body = loop;
        at = time.now();
        asleep = false;
        thread.start();
    }

    Thread thread() {
        return thread;
    }

    /** Returns how far the thread is, in nanoseconds. */
    long at() {
        return at;
    }

    boolean isAsleep() {
        return asleep;
    }

    /** Works for {@code nanos} of one warm processor; it takes longer if the processor is cold or shared. */
    void work(long nanos) {
        at += processors.duration(nanos, at);
        if (time.isAhead(this)) {
            time.giveWay(this);
        }
    }

    /** Sleeps until {@code when}, or until it is woken. */
    void sleepUntil(long when) {
        asleep = true;
        at = Math.max(at, when);
        time.giveWay(this);
        asleep = false;
    }

    /** Wakes the thread, if it sleeps. Any simulated thread. */
    void wake() {
        if (asleep) {
            at = Math.min(at, time.now());
        }
    }
}
