package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.replay.ReplayAnswer;
import io.laundrybridge.channel.replay.ReplayRequest;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The question of one start to the source: where does a time lie that memory no longer reaches, or where does the
 * stream begin now? Asked once, and given up after a while. Confined to its worker.
 */
final class PlaceLookup {
    private final Channel channel;
    private final ReadingSession session;
    private final long patienceNanos;
    private @Nullable ReplayRequest request;
    private long askedAt;

    /** Has asked nothing yet, and waits at most {@code patience} for an answer. */
    PlaceLookup(Channel channel, ReadingSession session, Duration patience) {
        this.channel = channel;
        this.session = session;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Returns the place of {@code millis} in the stream that {@code log} is a part of; null while the source has not
     * answered.
     *
     * @throws RefusedLineException if it has not for too long
     */
    @Nullable PositionVector time(ChannelLog log, long millis) {
        return place(log, () -> channel.replay().askForTime(session.replays(), log, millis, session::wake));
    }

    /**
     * Returns the oldest place of each partition of the stream that {@code log} is a part of; null while the source has
     * not answered.
     *
     * @param partitions how many partitions the asker has reason to expect
     * @throws RefusedLineException if it has not for too long
     */
    @Nullable PositionVector beginning(ChannelLog log, int partitions) {
        return place(log, () -> channel.replay().askForBeginning(session.replays(), log, partitions, session::wake));
    }

    private @Nullable PositionVector place(ChannelLog log, Supplier<ReplayRequest> question) {
        ReplayRequest asked = request;
        if (asked == null || asked.log() != log) {
            close();
            asked = question.get();
            request = asked;
            askedAt = session.nanoTime();
        }
        if (asked.answer() instanceof ReplayAnswer.Place place) {
            return place.position();
        }
        if (tired()) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "the source does not say where that place lies; try again shortly, or start from live");
        }
        return null;
    }

    boolean asked() {
        return request != null;
    }

    /** Returns whether an answer is waited for, and there is time left. */
    boolean waits() {
        ReplayRequest asked = request;
        return asked != null && asked.answer() == null && !tired();
    }

    /** Nobody waits for the answer any more. */
    void close() {
        if (request != null) {
            request.cancel();
            request = null;
        }
    }

    private boolean tired() {
        return session.nanoTime() - askedAt >= patienceNanos;
    }
}
