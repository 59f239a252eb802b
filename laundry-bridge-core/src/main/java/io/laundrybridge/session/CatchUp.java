package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.replay.ReplayAnswer;
import io.laundrybridge.channel.replay.ReplayRequest;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.policy.ReplayBudget;
import org.jspecify.annotations.Nullable;

/**
 * The way of one subscription back into a log that it fell behind of: pieces of the stream, read again one after the
 * other, within a budget. Confined to its worker.
 */
final class CatchUp {
    private final Channel channel;
    private final ReadingSession session;
    private final ReplayRequest.Kind kind;
    private final ChannelLog log;
    private long bytes;
    private @Nullable ReplayRequest request;

    /** {@code kind} says whether the session was further already, so that it goes first, or begins in the past. */
    CatchUp(Channel channel, ReadingSession session, ReplayRequest.Kind kind, ChannelLog log) {
        this.channel = channel;
        this.session = session;
        this.kind = kind;
        this.log = log;
    }

    /** {@code from}, moved up in each partition so far that no more than the budget's records lie before {@code to}. */
    static PositionVector cut(PositionVector from, PositionVector to, ReplayBudget budget) {
        long missing = 0;
        int behind = 0;
        for (int p = 0; p < to.partitions(); p++) {
            missing += Math.max(0, to.next(p) - from.next(p));
            behind += to.next(p) > from.next(p) ? 1 : 0;
        }
        if (missing <= budget.records()) {
            return from;
        }
        long share = budget.records() / behind;
        PositionVector cut = from;
        for (int p = 0; p < to.partitions(); p++) {
            if (to.next(p) - from.next(p) > share) {
                cut = share == 0
                        ? cut.with(p, to.next(p), to.epoch(p))
                        : cut.with(p, to.next(p) - share, PositionVector.NO_EPOCH);
            }
        }
        return cut;
    }

    /** The answer to what was asked; null while there is none, having asked for {@code at} if nothing was. */
    @Nullable ReplayAnswer answer(PositionVector at) {
        if (request == null) {
            request = channel.replay().ask(session.replays(), kind, log, at, session::wake);
        }
        ReplayAnswer answer = request.answer();
        request = answer == null ? request : null;
        if (answer instanceof ReplayAnswer.Piece piece) {
            bytes += piece.unseen();
        }
        return answer;
    }

    /** So many bytes of lines were passed that had been read again. */
    void took(long length) {
        bytes += length;
    }

    boolean overBudget() {
        return bytes >= channel.policy().replay().bytes();
    }

    void close() {
        if (request != null) {
            request.cancel();
            request = null;
        }
    }
}
