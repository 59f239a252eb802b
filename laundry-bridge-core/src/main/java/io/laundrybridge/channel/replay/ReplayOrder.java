package io.laundrybridge.channel.replay;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of a channel's requests is served next. Sessions that resume go before sessions that begin in the past, and
 * among these the session first that will have had the fewest records of its minute when it is live. One turn of four goes to
 * the request that has waited longest: as a session has one request at a time, that is each session in turn. Guarded by its
 * queue.
 */
final class ReplayOrder {
    private static final int ROUND = 4;
    private static final int HOPELESS = 2;

    private final ReplayLimits limits;
    private int turns;

    ReplayOrder(ReplayLimits limits) {
        this.limits = limits;
    }

    /** The request of {@code waiting}, oldest first, whose piece is read next; null if none may be served now. */
    @Nullable ReplayRequest piece(Collection<ReplayRequest> waiting, long now) {
        boolean oldest = ++turns % ROUND == 0;
        ReplayRequest best = null;
        long least = 0;
        for (ReplayRequest request : waiting) {
            if (!request.kind().isPiece() || untilFree(request, now) > 0) {
                continue;
            }
            long cost = request.account().records(now) + request.behind();
            if (best == null || before(request, cost, best, least)) {
                best = request;
                least = cost;
            }
            if (oldest) {
                break;
            }
        }
        return best;
    }

    /** The request for a place that is looked up next: of the session that has asked least; null if there is none. */
    @Nullable ReplayRequest lookup(Collection<ReplayRequest> waiting, long now) {
        ReplayRequest best = null;
        for (ReplayRequest request : waiting) {
            if (!request.kind().isPiece()
                    && untilFree(request, now) <= 0
                    && (best == null
                            || request.account().lookups(now) < best.account().lookups(now))) {
                best = request;
            }
        }
        return best;
    }

    /** Nanoseconds until one of {@code waiting} may be served; 0 if one may now. */
    long untilFree(Collection<ReplayRequest> waiting, long now) {
        long least = Long.MAX_VALUE;
        for (ReplayRequest request : waiting) {
            least = Math.min(least, untilFree(request, now));
            if (least == 0) {
                break;
            }
        }
        return least;
    }

    long untilFree(ReplayRequest request, long now) {
        return request.account().untilFree(now, request.kind(), limits);
    }

    private static boolean before(ReplayRequest one, long cost, ReplayRequest other, long otherCost) {
        boolean hopeless = one.missed() >= HOPELESS;
        if (hopeless != (other.missed() >= HOPELESS)) {
            return !hopeless;
        }
        return one.kind() == other.kind() ? cost < otherCost : one.kind().compareTo(other.kind()) < 0;
    }
}
