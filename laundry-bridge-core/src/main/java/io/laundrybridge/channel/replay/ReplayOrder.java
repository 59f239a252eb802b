package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.event.PositionVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which waiting requests for pieces are served at one moment. Sessions that resume go before sessions that
 * begin in the past. Among these, sessions near memory go first, because they are soon live. The first of them is the
 * one that will have used the least of its minute then. The others go together: the one furthest behind is the first,
 * and those ahead wait for it in the {@link Convoy}. Used once; guarded by the queue.
 */
final class ReplayOrder {
    private static final int HOPELESS = 2;
    /** A session is near memory if its way is at most this part of the longest. */
    private static final int NEAR_PART = 8;

    private final Convoy convoy;
    private final long now;
    private @Nullable ChannelLog log;
    private PositionVector memory = PositionVector.ORIGIN;
    private long furthest;

    ReplayOrder(Convoy convoy, long now) {
        this.convoy = convoy;
        this.now = now;
    }

    /** A request with what decides on its order; of equal ones, that of lower cost is the first. */
    private record Ranked(ReplayRequest request, boolean hopeless, ReplayKind kind, boolean far, long cost) {
        boolean isBefore(Ranked other) {
            int urgency = kind.compareTo(other.kind);
            if (hopeless != other.hopeless) {
                return other.hopeless;
            }
            if (urgency != 0) {
                return urgency < 0;
            }
            return far == other.far ? cost < other.cost : other.far;
        }
    }

    /** Returns the first of {@code requests} that need not wait; null if all of them wait for sessions behind them. */
    @Nullable ReplayRequest first(List<ReplayRequest> requests) {
        lookAtAll(requests);
        Ranked best = null;
        for (ReplayRequest request : requests) {
            Ranked ranked = ranked(request);
            if ((best == null || ranked.isBefore(best)) && untilPassed(ranked) == 0) {
                best = ranked;
            }
        }
        return best == null ? null : best.request();
    }

    /** Returns the nanoseconds until one of {@code requests} need not wait; 0 if one need not now. */
    long untilFirst(List<ReplayRequest> requests) {
        lookAtAll(requests);
        long least = Long.MAX_VALUE;
        for (ReplayRequest request : requests) {
            least = Math.min(least, untilPassed(ranked(request)));
            if (least == 0) {
                break;
            }
        }
        return least;
    }

    private void lookAtAll(List<ReplayRequest> requests) {
        for (ReplayRequest request : requests) {
            furthest = Math.max(furthest, way(request));
        }
    }

    private long untilPassed(Ranked ranked) {
        return ranked.far()
                ? convoy.untilPassed(Convoy.place(ranked.request().question().from()), now)
                : 0;
    }

    private Ranked ranked(ReplayRequest request) {
        ReplayKind kind = request.question().kind();
        long way = way(request);
        boolean far = kind != ReplayKind.PACED && way > furthest / NEAR_PART;
        boolean hopeless = request.missed() >= HOPELESS;
        return new Ranked(
                request, hopeless, kind, far, far ? -way : request.account().records(now) + request.behind());
    }

    /** Returns the number of offsets between the place of {@code request} and the beginning of memory. */
    private long way(ReplayRequest request) {
        ReplayQuestion question = request.question();
        if (question.kind() == ReplayKind.PACED) {
            return 0;
        }
        if (log != question.log()) {
            ChannelLog now = question.log();
            log = now;
            memory = Cursor.before(now, now.start()).position();
        }
        return question.from().offsetsTo(memory);
    }
}
