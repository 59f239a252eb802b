package io.laundrybridge.session.dialect;

import static io.laundrybridge.config.LimitSettings.INBOUND_BACKLOG;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.endpoint.AccessQuestion;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.worker.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the access rules for a session's requests. While the rule of a channel is asked, the requests about this channel
 * wait in their order; other channels go on. Confined to the session's worker.
 */
public final class AccessQueue {
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Session session;
    private final EndpointChannels channels;
    private final Asks asks;
    private final Map<String, Deque<Task>> byChannel = new LinkedHashMap<>();
    private int waiting;

    /** Asks the rule of a channel. */
    @FunctionalInterface
    public interface Asks {
        AccessQuestion ask(String channel, Caller caller, Runnable whenAnswered);
    }

    /** Makes a queue for the requests of {@code session}, for which {@code asks} asks the rules. */
    public AccessQueue(Session session, Asks asks) {
        this.session = session;
        this.asks = asks;
        this.channels = session.context().channels();
    }

    private enum Kind {
        /** Needs an answer. */
        REQUEST,
        /** Needs an answer that was asked for later than itself. */
        RECHECK,
        /** Needs no answer. */
        IN_ORDER
    }

    /** A request that waits: for an answer of its own, or for the requests before it. */
    private static final class Task {
        private final Consumer<@Nullable AccessQuestion> work;
        private final Kind kind;
        private @Nullable AccessQuestion question;
        private long notBefore = Long.MIN_VALUE;

        private Task(Consumer<@Nullable AccessQuestion> work, Kind kind) {
            this.work = work;
            this.kind = kind;
        }

        private void forget() {
            if (question != null) {
                question.cancel();
                question = null;
            }
        }
    }

    /**
     * Asks what the session's user may read of {@code channel}, then passes the answered question to {@code work}.
     *
     * @throws RefusedLineException with code {@code limit_exceeded} if too many requests wait
     */
    public void ask(String channel, Consumer<AccessQuestion> work) {
        add(channel, new Task(question -> work.accept(Objects.requireNonNull(question)), Kind.REQUEST));
    }

    /**
     * Runs {@code work} after the requests about {@code channel} that came before.
     *
     * @throws RefusedLineException with code {@code limit_exceeded} if too many requests wait
     */
    public void inOrder(String channel, Runnable work) {
        add(channel, new Task(question -> work.run(), Kind.IN_ORDER));
    }

    /**
     * Asks again what the session's user may read of {@code channel}, after the requests that came before. If no rule
     * could be asked, that is tried until one was.
     */
    public void recheck(String channel, Consumer<AccessQuestion> work) {
        Deque<Task> before = byChannel.get(channel);
        boolean willBe =
                before != null && before.stream().anyMatch(task -> task.kind == Kind.RECHECK && task.question == null);
        if (!willBe) {
            begin(channel, new Task(question -> work.accept(Objects.requireNonNull(question)), Kind.RECHECK));
        }
    }

    private void begin(String channel, Task task) {
        if (byChannel.containsKey(channel) || !isDone(channel, task)) {
            byChannel.computeIfAbsent(channel, any -> new ArrayDeque<>()).add(task);
            waiting++;
        }
    }

    private void add(String channel, Task task) {
        int most = session.context().limits().inbound().backlog();
        if (waiting >= most) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "more than " + most + " requests wait for an access rule; wait for answers, or have the operator"
                            + " raise " + INBOUND_BACKLOG);
        }
        begin(channel, task);
    }

    /** Goes on with the requests whose rules have answered. Looks again shortly if some have not. */
    public void goOn() {
        for (String channel : List.copyOf(byChannel.keySet())) {
            Deque<Task> tasks = byChannel.getOrDefault(channel, new ArrayDeque<>());
            while (!tasks.isEmpty() && isDone(channel, tasks.element())) {
                tasks.remove();
                waiting--;
            }
            if (tasks.isEmpty()) {
                byChannel.remove(channel);
            }
        }
        if (!byChannel.isEmpty()) {
            session.lookAgain();
        }
    }

    /** Does {@code task} if it need not wait. An answer about a former user, or former rights, does not count. */
    private boolean isDone(String channel, Task task) {
        if (task.kind != Kind.IN_ORDER && !isAnswered(channel, task)) {
            return false;
        }
        task.work.accept(task.question);
        return true;
    }

    private boolean isAnswered(String channel, Task task) {
        long now = session.reading().nanoTime();
        if (task.question != null && !task.question.isFor(session.caller())) {
            task.forget();
        }
        if (task.question == null && (task.notBefore == Long.MIN_VALUE || now - task.notBefore >= 0)) {
            task.question = asks.ask(channel, session.caller(), session.reading()::wake);
        }
        if (task.question == null || !channels.isAnswered(task.question)) {
            return false;
        }
        if (task.kind == Kind.RECHECK && task.question.isBusy()) {
            task.forget();
            task.notBefore = now + PAUSE_NANOS;
            return false;
        }
        return true;
    }

    /** Ends all questions. */
    public void clear() {
        byChannel.values().forEach(tasks -> tasks.forEach(Task::forget));
        byChannel.clear();
        waiting = 0;
    }
}
