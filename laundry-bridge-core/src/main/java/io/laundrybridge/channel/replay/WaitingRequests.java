package io.laundrybridge.channel.replay;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.limits.ReplayLimits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The waiting requests of one channel. They are served in the {@link ReplayOrder}, but one turn of four goes to the
 * oldest request. A session has one request at a time, so these turns serve each session in turn. Guarded by its queue.
 */
final class WaitingRequests {
    private static final int ROUND = 4;

    private final ReplayLimits limits;
    private final Set<ReplayRequest> waiting = new LinkedHashSet<>(); // the oldest first
    private int turns;

    WaitingRequests(ReplayLimits limits) {
        this.limits = limits;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    void add(ReplayRequest request) {
        waiting.add(request);
    }

    boolean remove(ReplayRequest request) {
        return waiting.remove(request);
    }

    /**
     * Counts that a piece which was read for {@code head} did not serve it. If {@code last}, it goes to the end of the
     * order.
     */
    void missed(ReplayRequest head, boolean last) {
        if (waiting.contains(head)) {
            head.miss();
            if (last) {
                waiting.remove(head);
                waiting.add(head);
            }
        }
    }

    /** Removes and returns the requests that {@code which} accepts. */
    List<ReplayRequest> take(Predicate<ReplayRequest> which) {
        List<ReplayRequest> taken = waiting.stream().filter(which).toList();
        taken.forEach(waiting::remove);
        return taken;
    }

    void clear() {
        waiting.clear();
    }

    /** Returns the next request whose piece is to be read; null if none may be served now. */
    @Nullable ReplayRequest nextForPiece(Convoy convoy, long now) {
        List<ReplayRequest> free = freePieces(now);
        if (free.isEmpty()) {
            return null;
        }
        return ++turns % ROUND == 0 ? free.get(0) : new ReplayOrder(convoy, now).first(free);
    }

    /** Returns how many wait for pieces and may be served. */
    int pieces(long now) {
        return freePieces(now).size();
    }

    private List<ReplayRequest> freePieces(long now) {
        return waiting.stream()
                .filter(request -> request.question().isForPiece() && request.untilFree(now, limits) <= 0)
                .toList();
    }

    /**
     * Returns the next request whose place is to be looked up, of the session with the fewest look-ups; null if there
     * is none.
     */
    @Nullable ReplayRequest nextForPlace(long now) {
        ReplayRequest best = null;
        for (ReplayRequest request : waiting) {
            if (!request.question().isForPiece()
                    && request.untilFree(now, limits) <= 0
                    && (best == null
                            || request.account().lookups(now) < best.account().lookups(now))) {
                best = request;
            }
        }
        return best;
    }

    /** Returns the lowest place of {@code head} and of the requests near it, which can be read together. */
    PositionVector lowestNear(ReplayRequest head) {
        PositionVector from = head.question().from();
        for (ReplayRequest other : waiting) {
            if (head.question().isNear(other.question())) {
                from = from.lowest(other.question().from());
            }
        }
        return from;
    }

    boolean isAlone(ReplayRequest head) {
        return waiting.stream()
                .noneMatch(other -> other != head && head.question().isNear(other.question()));
    }

    /** Returns the nanoseconds until one of the requests may be served, as far as accounts allow; 0 if one may now. */
    long untilFree(long now) {
        long least = Long.MAX_VALUE;
        for (ReplayRequest request : waiting) {
            least = Math.min(least, request.untilFree(now, limits));
            if (least == 0) {
                break;
            }
        }
        return least;
    }

    /** Returns the nanoseconds until a free request need not wait for sessions behind it; 0 if one need not. */
    long untilPassed(Convoy convoy, long now) {
        boolean lookup = waiting.stream()
                .anyMatch(request -> !request.question().isForPiece() && request.untilFree(now, limits) <= 0);
        List<ReplayRequest> free = lookup ? List.of() : freePieces(now);
        return free.isEmpty() ? 0 : new ReplayOrder(convoy, now).untilFirst(free);
    }
}
