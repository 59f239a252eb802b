package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;
import org.jspecify.annotations.Nullable;

/** A session's wish to read a part of a channel again, or to know where a time lies in it. Thread-safe. */
public final class ReplayRequest {
    /** The place is known. */
    static final long NO_TIME = -1;

    private final ChannelReplay channel;
    private final ChannelLog log;
    private final PositionVector from;
    private final long since;
    private final Runnable answered;
    private volatile @Nullable ReplayAnswer answer;

    ReplayRequest(ChannelReplay channel, ChannelLog log, PositionVector from, long since, Runnable answered) {
        this.channel = channel;
        this.log = log;
        this.from = from;
        this.since = since;
        this.answered = answered;
    }

    /** What became of it; null while it waits. A source that cannot be reached is tried again until it can. */
    public @Nullable ReplayAnswer answer() {
        return answer;
    }

    /** Nobody waits for the answer any more. Idempotent. */
    public void cancel() {
        channel.cancel(this);
    }

    /** The log that was asked for. */
    public ChannelLog log() {
        return log;
    }

    /** The time whose place is asked for, in milliseconds since 1970, or {@link #NO_TIME}. */
    long since() {
        return since;
    }

    boolean asksForTime() {
        return since != NO_TIME;
    }

    /** Where to read; where a time is asked for, what stands in for records that are not there. */
    PositionVector from() {
        return from;
    }

    void answer(ReplayAnswer given) {
        answer = given;
    }

    void tell() {
        answered.run();
    }
}
