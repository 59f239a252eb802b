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
 * Asks the source, for one start, for the place of a time that memory no longer reaches, or for the beginning of the
 * stream. It asks once, and gives up after a while. Confined to its worker.
 */
final class PlaceLookup {
    private final Channel channel;
    private final ReadingSession session;
    private final long patienceNanos;
    private @Nullable ReplayRequest request;
    private long askedAt;

    /** Makes a look-up that waits at most {@code patience} for an answer. */
    PlaceLookup(Channel channel, ReadingSession session, Duration patience) {
        this.channel = channel;
        this.session = session;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Returns the place of {@code millis} in the stream of {@code log}; null while the source has not answered.
     *
     * @throws RefusedLineException if the source has not answered in time
     */
    @Nullable PositionVector time(ChannelLog log, long millis) {
        return place(log, () -> channel.replay().askForTime(session.replays(), log, millis, session::wake));
    }

    /**
     * Returns the oldest place of each partition of the stream of {@code log}; null while the source has not answered.
     *
     * @param partitions the number of partitions that the client expects
     * @throws RefusedLineException if the source has not answered in time
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
                    "the source cannot find that place now; try again shortly, or start from live");
        }
        return null;
    }

    boolean asked() {
        return request != null;
    }

    /** Returns whether it waits for an answer, and there is time left. */
    boolean waits() {
        ReplayRequest asked = request;
        return asked != null && asked.answer() == null && !tired();
    }

    /** Cancels the question, because no session waits for the answer any more. */
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
