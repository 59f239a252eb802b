package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;
import org.jspecify.annotations.Nullable;

/** A session's wish to read a part of a channel again. Thread-safe. */
public final class ReplayRequest {
    private final ChannelReplay channel;
    private final ChannelLog log;
    private final PositionVector from;
    private final Runnable answered;
    private volatile @Nullable ReplayAnswer answer;

    ReplayRequest(ChannelReplay channel, ChannelLog log, PositionVector from, Runnable answered) {
        this.channel = channel;
        this.log = log;
        this.from = from;
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

    ChannelLog log() {
        return log;
    }

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
