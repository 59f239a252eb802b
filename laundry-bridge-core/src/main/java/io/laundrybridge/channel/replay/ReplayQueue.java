package io.laundrybridge.channel.replay;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The requests of one channel, and the pieces and places that may answer them. Thread-safe. */
final class ReplayQueue {
    /** Requests that lie within so many offsets of the first are read together. */
    private static final long NEAR = 2_000;

    private final String channel;
    private final Telemetry telemetry;
    private final LongSupplier nanoTime;
    private final ReplayOrder order;

    // Guarded by this.
    private final Set<ReplayRequest> waiting = new LinkedHashSet<>(); // the oldest first
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final PlaceCache places = new PlaceCache();
    private boolean closed;
    private boolean taken;
    private boolean rests;
    private long restsUntil;

    ReplayQueue(String channel, ReplayLimits limits, Telemetry telemetry, LongSupplier nanoTime) {
        this.channel = channel;
        this.order = new ReplayOrder(limits);
        this.telemetry = telemetry;
        this.nanoTime = nanoTime;
    }

    /** What is read next: from the lowest place of {@code head} and, unless {@code alone}, those near it. */
    record Turn(ReplayRequest head, PositionVector from, boolean alone) {}

    /** Takes a request; false if what is there answers it. */
    synchronized boolean add(ReplayRequest request) {
        long now = nanoTime.getAsLong();
        boolean spent = order.untilFree(request, now) > 0;
        ReplayAnswer known = spent ? null : known(request, now);
        if (known != null) {
            request.answer(known);
            telemetry.add(Meter.REPLAY_SHARED, channel, 1);
            return false;
        }
        if (!closed) {
            waiting.add(request);
            count(1);
            telemetry.add(Meter.REPLAY_DELAYED, channel, spent ? 1 : 0);
        }
        return true;
    }

    private @Nullable ReplayAnswer known(ReplayRequest request, long now) {
        for (Piece piece : pieces) {
            if (piece.serves(request)) {
                request.account().took(now, piece.records(), piece.read());
                return piece.answer(request.from());
            }
        }
        PositionVector place = places.find(request, now);
        return place == null ? null : new ReplayAnswer.Place(place);
    }

    synchronized void cancel(ReplayRequest request) {
        if (waiting.remove(request)) {
            count(-1);
        }
    }

    /** Whether somebody waits whom nobody serves at {@code now}; if so it is the caller's. */
    synchronized boolean take(long now) {
        boolean ready =
                !taken && !waiting.isEmpty() && (!rests || now - restsUntil >= 0) && order.untilFree(waiting, now) == 0;
        taken |= ready;
        rests &= !ready;
        return ready;
    }

    /** The caller of {@link #take} has done its turn. */
    synchronized void giveBack() {
        taken = false;
    }

    /** Nanoseconds until somebody may be served; null if nobody waits, or they are being served. */
    synchronized @Nullable Long untilReady(long now) {
        if (taken || waiting.isEmpty()) {
            return null;
        }
        return Math.max(rests ? Math.max(0, restsUntil - now) : 0, order.untilFree(waiting, now));
    }

    synchronized void rest(long until) {
        rests = true;
        restsUntil = until;
    }

    /** The request for a place that is looked up next; null if there is none. */
    synchronized @Nullable ReplayRequest lookup() {
        return order.lookup(waiting, nanoTime.getAsLong());
    }

    /** What is read next; null if nobody waits who may have something read now. */
    synchronized @Nullable Turn turn(boolean alone) {
        ReplayRequest head = order.piece(waiting, nanoTime.getAsLong());
        if (head == null) {
            return null;
        }
        PositionVector from = head.from();
        int together = 1;
        boolean apart = alone || head.missed() > 0;
        for (ReplayRequest other : waiting) {
            if (!apart && other != head && near(head, other)) {
                from = from.lowest(other.from());
                together++;
            }
        }
        return new Turn(head, from, together == 1);
    }

    void gone(ReplayRequest request, ReplayAnswer.Gone answer) {
        cancel(request);
        request.answer(answer);
        request.tell();
    }

    /** Answers all requests that ask what {@code asked} asks, and remembers the answer. */
    void found(ReplayRequest asked, PositionVector place) {
        PlaceCache.Question question = PlaceCache.Question.of(asked);
        List<ReplayRequest> answered;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            asked.account().lookedUp(now);
            places.keep(asked, place, now);
            answered = taken(request -> PlaceCache.Question.of(request).equals(question));
        }
        for (ReplayRequest request : answered) {
            request.answer(new ReplayAnswer.Place(place));
            request.tell();
        }
    }

    /** Answers those whom {@code piece} serves; false if there are none, and then {@code head} is the last in turn. */
    boolean served(Piece piece, ReplayRequest head) {
        List<ReplayRequest> served;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            served = taken(piece::serves);
            served.forEach(request -> request.account().took(now, piece.records(), piece.read()));
            if (waiting.contains(head)) {
                head.miss(); // those near it, who stand lower, filled the piece; or it waits for what no longer exists
            }
            if (served.isEmpty() && waiting.remove(head)) {
                waiting.add(head);
            } else if (!served.isEmpty() && !closed) {
                pieces.add(piece);
            }
        }
        for (ReplayRequest request : served) {
            request.answer(piece.answer(request.from()));
            request.tell();
        }
        telemetry.add(Meter.REPLAY_SHARED, channel, Math.max(0, served.size() - 1));
        return !served.isEmpty();
    }

    synchronized void drop(Piece piece) {
        pieces.remove(piece);
    }

    synchronized void forgetPlaces() {
        places.clear();
    }

    synchronized void close() {
        closed = true;
        count(-waiting.size());
        waiting.clear();
        pieces.clear();
        places.clear();
    }

    private List<ReplayRequest> taken(Predicate<ReplayRequest> which) {
        List<ReplayRequest> found = new ArrayList<>();
        for (ReplayRequest request : waiting) {
            if (which.test(request)) {
                found.add(request);
            }
        }
        found.forEach(waiting::remove);
        count(-found.size());
        return found;
    }

    private void count(long change) {
        telemetry.add(Meter.REPLAY_WAITING, channel, change);
    }

    private static boolean near(ReplayRequest one, ReplayRequest other) {
        return other.kind().isPiece() && one.log() == other.log() && distance(one.from(), other.from()) <= NEAR;
    }

    private static long distance(PositionVector one, PositionVector other) {
        long distance = 0;
        for (int p = 0; p < Math.max(one.partitions(), other.partitions()); p++) {
            distance += Math.abs(one.next(p) - other.next(p));
        }
        return distance;
    }
}
