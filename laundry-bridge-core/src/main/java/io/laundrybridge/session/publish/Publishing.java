package io.laundrybridge.session.publish;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.PublishLimits;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.policy.Access;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.publish.Publish;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What the clients of an endpoint publish, from acceptance to answer. The end of a session does not end its publishes.
 * Thread-safe.
 */
public final class Publishing {
    private final PublishLimits limits;
    private final HostServices services;
    private final Map<String, PublishRoute> routes = new ConcurrentHashMap<>();
    private final UserRates users;
    private final KnownMessages known;
    private final PublishWork work;
    private final PublishThreads threads;
    private final PublishWatch watch;
    private final RateLimitedLog failures;
    /** The requests without an answer. */
    private final Set<PublishRequest> waiting = ConcurrentHashMap.newKeySet();

    public Publishing(PublishLimits limits, HostServices services) {
        this.limits = limits;
        this.services = services;
        this.failures = new RateLimitedLog(LoggerFactory.getLogger("io.laundrybridge.session"), services.nanoTime());
        this.users = new UserRates(limits, services.nanoTime());
        this.known = new KnownMessages(limits, services.nanoTime(), services.telemetry());
        this.work = new PublishWork(known, failures);
        this.threads = new PublishThreads(limits.threads(), services);
        this.watch = new PublishWatch(services, this::look, failures);
    }

    /** Returns the bounds of what clients publish. */
    public PublishLimits limits() {
        return limits;
    }

    /** Returns the route of the channel {@code name}. */
    public PublishRoute route(String name) {
        return routes.computeIfAbsent(name, any -> new PublishRoute(any, failures));
    }

    /** Returns the rule for which callers may publish to {@code channel}; null if it takes no publishes. */
    public @Nullable Access access(String channel) {
        PublishRoute route = routes.get(channel);
        return route == null ? null : route.access();
    }

    /** Returns the rules of all channels that take publishes, by their names. */
    public Map<String, Access> rules() {
        Map<String, Access> rules = new TreeMap<>();
        routes.forEach((name, route) -> {
            Access rule = route.access();
            if (rule != null) {
                rules.put(name, rule);
            }
        });
        return rules;
    }

    /** Returns whether any channel takes publishes. */
    public boolean isOffered() {
        return routes.values().stream().anyMatch(PublishRoute::isKnown);
    }

    /** Makes the sender of a session. */
    public PublishSender sender() {
        long now = services.nanoTime().getAsLong();
        return new PublishSender(
                this,
                new PublishRate(limits.perSession(), limits.window(), now),
                new PublishLane(threads, work::handle));
    }

    void count(PublishRate ofSession, String user) {
        boolean sessionMay = ofSession.take(services.nanoTime().getAsLong());
        if (!sessionMay || !users.take(user)) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "more than " + (sessionMay ? limits.perUser() : limits.perSession()) + " publishes of one "
                            + (sessionMay ? "user" : "session") + " in "
                            + limits.window().toMillis()
                            + " ms; nothing was stored, so publish it again later");
        }
    }

    void take(Publish publish, PublishLane lane, Consumer<PublishOutcome> answer) {
        PublishRoute route = route(publish.channel());
        if (route.open() == null) {
            PublishOutcome stopped = PublishOutcome.stopped();
            throw new RefusedLineException(ErrorCode.SOURCE_UNAVAILABLE, stopped.message());
        }
        if (waiting.size() >= limits.pending() || known.underWay() >= limits.pending()) {
            throw new RefusedLineException(
                    ErrorCode.BUSY, "too many publishes wait to be stored; nothing was stored, so try again shortly");
        }
        PublishRequest request = request(publish, route, answer);
        try {
            lane.add(request);
        } catch (Throwable noThread) {
            request.answer(PublishOutcome.stopped());
        }
    }

    private PublishRequest request(Publish publish, PublishRoute route, Consumer<PublishOutcome> answer) {
        PublishRequest[] made = new PublishRequest[1];
        made[0] = new PublishRequest(publish, route, services.nanoTime().getAsLong(), outcome -> {
            waiting.remove(made[0]);
            answered(publish, made[0], outcome);
            answer.accept(outcome);
        });
        waiting.add(made[0]);
        services.telemetry().add(Meter.PUBLISHES_PENDING, publish.channel(), 1);
        return made[0];
    }

    private void answered(Publish publish, PublishRequest request, PublishOutcome outcome) {
        services.telemetry().add(Meter.PUBLISHES_PENDING, publish.channel(), -1);
        if (outcome.place() != null) {
            long took = services.nanoTime().getAsLong() - request.acceptedAt();
            services.telemetry().time(Meter.PUBLISHES_DURATION, publish.channel(), took);
        }
    }

    /** Begins to watch over publishes, which are taken again. */
    public void start() {
        routes.values().forEach(PublishRoute::reopen);
        watch.start();
    }

    /** Forgets the channels whose bridges have stopped. */
    public void forgetStopped() {
        routes.values().forEach(PublishRoute::forgetStopped);
    }

    /** Answers what has waited for too long, forgets what is old, and looks at the sinks. One call at a time. */
    private void look() {
        long now = services.nanoTime().getAsLong();
        for (PublishRequest request : waiting) {
            if (now - request.acceptedAt() >= limits.deadline().toNanos()) {
                expire(request);
            }
        }
        known.expire();
        users.expire();
        routes.values().forEach(PublishRoute::look);
    }

    private void expire(PublishRequest request) {
        PublishAttempt abandoned = request.expire();
        if (abandoned != null) {
            known.settle(abandoned, PublishOutcome.notSent());
        }
    }

    /**
     * Takes no more publishes. Waits at most {@code longest} for those under way; the others are answered too. No
     * thread is left.
     */
    public void finish(Duration longest) {
        routes.values().forEach(PublishRoute::close);
        long deadline = System.nanoTime() + longest.toNanos();
        try {
            while (!waiting.isEmpty() && System.nanoTime() - deadline < 0) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.forEach(this::expire);
        watch.stop();
        threads.finish();
    }
}
