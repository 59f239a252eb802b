package io.laundrybridge.channel.replay;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of one channel, first come first served, and the pieces that may serve them. Thread-safe. */
final class ReplayQueue {
    /** Requests that lie within so many offsets of the first are read together. */
    private static final long NEAR = 10_000;

    private final String channel;
    private final Telemetry telemetry;

    // Guarded by this.
    private final Deque<ReplayRequest> waiting = new ArrayDeque<>();
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private boolean closed;
    private boolean taken;
    private boolean rests;
    private long restsUntil;

    ReplayQueue(String channel, Telemetry telemetry) {
        this.channel = channel;
        this.telemetry = telemetry;
    }

    /** What is read next: from the lowest place of {@code head} and, unless {@code alone}, those near it. */
    record Turn(ReplayRequest head, PositionVector from, boolean alone) {}

    /** Takes a request; false if a piece that is there answers it. */
    synchronized boolean add(ReplayRequest request) {
        for (Piece piece : pieces) {
            if (piece.serves(request)) {
                request.answer(piece.answer(request.from()));
                telemetry.add(Meter.REPLAY_SHARED, channel, 1);
                return false;
            }
        }
        if (!closed) {
            waiting.add(request);
            count(1);
        }
        return true;
    }

    synchronized void cancel(ReplayRequest request) {
        if (waiting.remove(request)) {
            count(-1);
        }
    }

    /** Whether somebody waits whom nobody serves at {@code now}; if so it is the caller's. */
    synchronized boolean take(long now) {
        boolean ready = !taken && !waiting.isEmpty() && (!rests || now - restsUntil >= 0);
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
        return rests ? Math.max(0, restsUntil - now) : 0;
    }

    synchronized void rest(long until) {
        rests = true;
        restsUntil = until;
    }

    /** What to read for the first that waits. */
    synchronized @Nullable Turn turn(boolean alone) {
        ReplayRequest head = waiting.peek();
        if (head == null) {
            return null;
        }
        PositionVector from = head.from();
        int together = 1;
        for (ReplayRequest other : waiting) {
            if (!alone && other != head && near(head, other)) {
                from = from.lowest(other.from());
                together++;
            }
        }
        return new Turn(head, from, together == 1);
    }

    void answer(ReplayRequest request, ReplayAnswer answer) {
        cancel(request);
        request.answer(answer);
        request.tell();
    }

    /** Answers those whom {@code piece} serves; false if there are none, and then somebody else is first in turn. */
    boolean served(Piece piece) {
        List<ReplayRequest> served = new ArrayList<>();
        synchronized (this) {
            for (ReplayRequest request : waiting) {
                if (piece.serves(request)) {
                    served.add(request);
                }
            }
            waiting.removeAll(served);
            count(-served.size());
            if (served.isEmpty()) {
                lastInTurn(waiting.poll());
            } else if (!closed) {
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

    /** One whose client has stopped reading may wait for what no longer exists: others must not wait for it. */
    private void lastInTurn(@Nullable ReplayRequest request) {
        if (request != null) {
            waiting.add(request);
        }
    }

    synchronized void drop(Piece piece) {
        pieces.remove(piece);
    }

    synchronized void close() {
        closed = true;
        count(-waiting.size());
        waiting.clear();
        pieces.clear();
    }

    private void count(long change) {
        telemetry.add(Meter.REPLAY_WAITING, channel, change);
    }

    private static boolean near(ReplayRequest one, ReplayRequest other) {
        return !one.asksForTime()
                && !other.asksForTime()
                && one.log() == other.log()
                && distance(one.from(), other.from()) <= NEAR;
    }

    private static long distance(PositionVector one, PositionVector other) {
        long distance = 0;
        for (int p = 0; p < Math.max(one.partitions(), other.partitions()); p++) {
            distance += Math.abs(one.next(p) - other.next(p));
        }
        return distance;
    }
}
