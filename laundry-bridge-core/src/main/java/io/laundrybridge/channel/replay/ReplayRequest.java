package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.limits.ReplayLimits;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session's request for a part of a channel that has left memory, or for a place in it. Thread-safe.
 */
public final class ReplayRequest {
    private final ReplayQuestion question;
    private final ReplayAccount account;
    private final Runnable answered;
    private final Consumer<ReplayRequest> cancelled;
    private final long behind;
    private volatile @Nullable ReplayAnswer answer;
    private int missed; // guarded by the queue

    /**
     * A request that waits.
     *
     * @param account what the session has had of reading again
     * @param answered run once when the answer is there
     * @param cancelled takes this request out of its queue
     */
    ReplayRequest(
            ReplayQuestion question, ReplayAccount account, Runnable answered, Consumer<ReplayRequest> cancelled) {
        this.question = question;
        this.account = account;
        this.answered = answered;
        this.cancelled = cancelled;
        this.behind = question.behind();
    }

    /** Returns what became of it; null while it waits. A source that cannot be reached is tried again until it can. */
    public @Nullable ReplayAnswer answer() {
        return answer;
    }

    /** The answer is not needed any more. Idempotent. */
    public void cancel() {
        cancelled.accept(this);
    }

    /** Returns the log that was asked for. */
    public ChannelLog log() {
        return question.log();
    }

    ReplayQuestion question() {
        return question;
    }

    ReplayAccount account() {
        return account;
    }

    /** Returns how many offsets lay before the log's end when this was asked. */
    long behind() {
        return behind;
    }

    /** Nanoseconds until the session's account allows an answer; 0 if it does now. */
    long untilFree(long now, ReplayLimits limits) {
        return question.isForPiece() ? account.untilPiece(now, limits) : account.untilLookup(now, limits);
    }

    /** Turns in which nothing was read that serves it. */
    int missed() {
        return missed;
    }

    void miss() {
        missed++;
    }

    void answer(ReplayAnswer given) {
        answer = given;
    }

    void tell() {
        answered.run();
    }
}
