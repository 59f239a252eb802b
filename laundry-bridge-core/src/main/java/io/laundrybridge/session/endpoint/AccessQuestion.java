package io.laundrybridge.session.endpoint;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A question to the access rules of a channel: which variant of it may a caller read, and what of it? Or: may a caller
 * publish to it? The session's worker asks, and looks for the answer; rules that may block answer on another thread.
 */
public final class AccessQuestion {
    private static final long NOT_YET = Long.MIN_VALUE;

    private final String channel;
    private final Caller caller;
    private final List<AskedRule> variants;
    private final boolean publishing;
    private final AccessRules rules;
    private final long askedAt;
    private final AtomicReference<@Nullable AccessAnswer> answer = new AtomicReference<>();
    private volatile long begunAt = NOT_YET;
    private volatile Runnable whenAnswered;
    private @Nullable Thread asking; // guarded by this
    private int next;

    /**
     * Makes a question about {@code channel}, which nobody was asked yet.
     *
     * @param variants the rules of the channel's variants in their order, or the one for publishing
     * @param publishing whether the question is about publishing
     * @param whenAnswered called on any thread once an answer has come from another thread
     */
    AccessQuestion(
            String channel,
            Caller caller,
            List<AskedRule> variants,
            boolean publishing,
            AccessRules rules,
            Runnable whenAnswered) {
        this.channel = channel;
        this.caller = caller;
        this.variants = variants;
        this.publishing = publishing;
        this.rules = rules;
        this.whenAnswered = whenAnswered;
        this.askedAt = rules.now();
    }

    /** Returns the name of the channel. */
    String channel() {
        return channel;
    }

    /** Returns whether the question is about publishing. */
    boolean isPublishing() {
        return publishing;
    }

    /** Returns the name of the threads that ask: rules for reading and for publishing do not wait for each other. */
    String lane() {
        return publishing ? channel + " (publish)" : channel;
    }

    /** Returns the caller for whom the rules were asked. */
    Caller caller() {
        return caller;
    }

    /** Returns whether the rules were asked for {@code now}, not for a former user or former rights. */
    @SuppressWarnings("ReferenceEquality") // the same caller, not one like it
    public boolean isFor(Caller now) {
        return caller == now;
    }

    /** Asks the rules that answer at once, until one grants something or the next one may block. */
    void askImmediate() {
        while (answer.get() == null && (next == variants.size() || rules.immediate(variants.get(next)))) {
            askNext();
        }
    }

    /** Asks the other rules too; for a thread that may be blocked. */
    void askAll() {
        if (!asks(Thread.currentThread())) {
            return;
        }
        try {
            while (answer.get() == null) {
                askNext();
            }
        } finally {
            asks(null);
            Thread.interrupted(); // by a late end of this call; the next call is another one
        }
        whenAnswered.run();
    }

    /** Notes the thread that asks; false if the question is settled already. */
    private synchronized boolean asks(@Nullable Thread thread) {
        if (thread != null) {
            begunAt = rules.now();
        }
        asking = thread;
        return answer.get() == null;
    }

    private void askNext() {
        if (next == variants.size()) {
            settle(AccessAnswer.NOTHING);
            return;
        }
        AskedRule rule = variants.get(next++);
        Grant grant = rules.grant(rule, channel, caller);
        if (grant != Grant.nothing()) {
            settle(new AccessAnswer(rule.variant(), grant, false));
        }
    }

    /** Returns whether a rule has been asked for too long. */
    boolean isOverdue() {
        return begunAt != NOT_YET && rules.now() - begunAt >= rules.patience();
    }

    /**
     * Settles the question if it takes too long. A rule that was asked grants nothing then; if none was asked yet, the
     * endpoint is busy.
     *
     * @param stuck whether no rule of the channel will be asked soon
     */
    void expire(boolean stuck) {
        if (isOverdue()) {
            settleLate(AccessAnswer.NOTHING);
        } else if (begunAt == NOT_YET && rules.now() - askedAt >= rules.patience()) {
            settleLate(stuck ? AccessAnswer.NOTHING : AccessAnswer.BUSY);
        }
    }

    private void settleLate(AccessAnswer late) {
        if (settle(late)) {
            rules.late(channel);
            cancel();
        }
    }

    /** Ends the question, whose answer is no longer awaited. */
    public void cancel() {
        settle(AccessAnswer.NOTHING);
        whenAnswered = () -> {}; // so that the session is not kept as long as a rule hangs
        synchronized (this) {
            if (asking != null) {
                asking.interrupt();
            }
        }
    }

    /** Gives the answer, unless there is one. */
    boolean settle(AccessAnswer given) {
        return answer.compareAndSet(null, given);
    }

    /** Returns whether no rule could be asked, because too many questions wait. */
    public boolean isBusy() {
        AccessAnswer given = answer.get();
        return given != null && given.busy();
    }

    /** Returns the answer; null as long as there is none. */
    @Nullable AccessAnswer answer() {
        return answer.get();
    }
}
