package io.laundrybridge.session.endpoint;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.AccessLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that ask access rules which may block. Each channel has some of its own, which end after 2 s without
 * work. So a rule that hangs holds up no other channel. Thread-safe; usable again after {@link #finish}.
 */
final class AccessThreads {
    private final HostServices services;
    private final AccessLimits limits;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    AccessThreads(HostServices services, AccessLimits limits) {
        this.services = services;
        this.limits = limits;
    }

    /** The threads of one channel, and the questions that they ask. */
    private record Lane(ThreadPoolExecutor threads, Set<AccessQuestion> asked) {}

    /** Asks {@code question} on a thread of its channel. It is settled as busy if too many wait. */
    void ask(AccessQuestion question) {
        Lane lane = lanes.computeIfAbsent(question.lane(), any -> lane());
        if (isStuck(question.lane())) {
            question.settle(AccessAnswer.NOTHING);
            return;
        }
        waiting(question, 1);
        try {
            lane.threads().execute(() -> ask(question, lane));
        } catch (Throwable noThread) {
            waiting(question, -1);
            question.settle(AccessAnswer.BUSY);
        }
    }

    private void ask(AccessQuestion question, Lane lane) {
        waiting(question, -1);
        lane.asked().add(question);
        try {
            question.askAll();
        } finally {
            lane.asked().remove(question);
        }
    }

    /** Returns whether all threads of {@code name} are held by rules that have been asked for too long. */
    boolean isStuck(String name) {
        Lane lane = lanes.get(name);
        return lane != null
                && lane.asked().size() >= limits.threads()
                && lane.asked().stream().allMatch(AccessQuestion::isOverdue);
    }

    /** Interrupts all calls; their questions get no answer. */
    void finish() {
        for (String channel : List.copyOf(lanes.keySet())) {
            Lane lane = lanes.remove(channel);
            if (lane != null) {
                int never = lane.threads().shutdownNow().size();
                services.telemetry().add(Meter.ACCESS_WAITING, channel, -never);
            }
        }
    }

    private Lane lane() {
        var threads = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                2,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(limits.waiting()),
                run -> services.thread("access", run));
        threads.allowCoreThreadTimeOut(true);
        return new Lane(threads, ConcurrentHashMap.newKeySet());
    }

    private void waiting(AccessQuestion question, int change) {
        services.telemetry().add(Meter.ACCESS_WAITING, question.channel(), change);
    }
}
