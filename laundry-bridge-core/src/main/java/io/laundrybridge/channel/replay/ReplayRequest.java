package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.limits.ReplayLimits;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One session's request for a part of a channel that is no longer in memory, or for a place in it. Thread-safe. */
public final class ReplayRequest {
    private final ReplayQuestion question;
    private final ReplayAccount account;
    private final Runnable answered;
    private final Consumer<ReplayRequest> cancelled;
    private final long behind;
    private volatile @Nullable ReplayAnswer answer;
    private int missed; // guarded by the queue
    private long since; // set before it waits, read once it has been taken out of the queue

    /**
     * Makes a request that waits.
     *
     * @param account counts what was replayed for the session
     * @param answered run once when the answer comes
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

    /**
     * Returns the answer; null while the request waits. A source that cannot be reached is tried again until it can.
     */
    public @Nullable ReplayAnswer answer() {
        return answer;
    }

    /** Cancels the request, whose answer is not needed any more. Idempotent. */
    public void cancel() {
        cancelled.accept(this);
    }

    /** Returns the log for which this was asked. */
    public ChannelLog log() {
        return question.log();
    }

    ReplayQuestion question() {
        return question;
    }

    ReplayAccount account() {
        return account;
    }

    /** Returns how many offsets before the log's end the place was when this was asked. */
    long behind() {
        return behind;
    }

    /** Returns the nanoseconds until the session's account allows an answer; 0 if it does now. */
    long untilFree(long now, ReplayLimits limits) {
        return question.isForPiece() ? account.untilPiece(now, limits) : account.untilLookup(now, limits);
    }

    /** Returns the number of turns for this request whose piece did not serve it. */
    int missed() {
        return missed;
    }

    void miss() {
        missed++;
    }

    /** Notes that it waits since {@code now}. */
    void waits(long now) {
        since = now;
    }

    /** Returns since when it waits. */
    long since() {
        return since;
    }

    void answer(ReplayAnswer given) {
        answer = given;
    }

    void tell() {
        answered.run();
    }
}
