package io.laundrybridge.channel.replay;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.limits.ReplayLimits;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The waiting requests of one channel, and the known answers. Thread-safe. */
final class ReplayQueue {
    private final String channel;
    private final Telemetry telemetry;
    private final LongSupplier nanoTime;
    private final ReplayLimits limits;
    private final HeldPieces pieces;

    // Guarded by this.
    private final WaitingRequests waiting;
    private final PlaceCache places = new PlaceCache();
    private final ReplayPause pause = new ReplayPause();
    private boolean closed;
    private boolean taken;

    ReplayQueue(String channel, ReplayLimits limits, HeldPieces pieces, HostServices services) {
        this.channel = channel;
        this.limits = limits;
        this.pieces = pieces;
        this.waiting = new WaitingRequests(limits);
        this.telemetry = services.telemetry();
        this.nanoTime = services.nanoTime();
    }

    /**
     * Adds a request.
     *
     * @return false if it was answered at once
     */
    synchronized boolean add(ReplayRequest request) {
        long now = nanoTime.getAsLong();
        boolean spent = request.untilFree(now, limits) > 0;
        ReplayAnswer answer = spent ? null : known(request, now);
        if (answer != null) {
            request.answer(answer);
            telemetry.add(Meter.REPLAY_SHARED, channel, 1);
            return false;
        }
        if (!closed) {
            request.waits(now);
            waiting.add(request);
            count(1);
            telemetry.add(Meter.REPLAY_DELAYED, channel, spent ? 1 : 0);
        }
        return true;
    }

    private @Nullable ReplayAnswer known(ReplayRequest request, long now) {
        ReplayQuestion question = request.question();
        Piece piece = pieces.find(question);
        if (piece != null) {
            request.account().took(now, piece.records(), piece.read());
            return piece.answer(question.from());
        }
        PositionVector place = places.find(question, now);
        return place == null ? null : new ReplayAnswer.Place(place);
    }

    synchronized void cancel(ReplayRequest request) {
        if (waiting.remove(request)) {
            count(-1);
        }
    }

    /**
     * Gives the queue to the calling thread if no other thread has it and a request may be served at {@code now}.
     *
     * @return whether the calling thread has the queue
     */
    synchronized boolean take(long now) {
        boolean ready = !taken && !waiting.isEmpty() && pause.left(now) == 0 && waiting.untilFree(now) == 0;
        if (ready) {
            taken = true;
            pause.end();
        }
        return ready;
    }

    /** Ends the turn that began with {@link #take}. */
    synchronized void giveBack() {
        taken = false;
    }

    /** Returns the nanoseconds until a request may be served; null if none waits, or a thread has the queue. */
    synchronized @Nullable Long untilReady(long now) {
        return taken || waiting.isEmpty() ? null : Math.max(pause.left(now), waiting.untilFree(now));
    }

    /** Begins a pause before the next turn, because this one failed. */
    synchronized void pause() {
        pause.begin(nanoTime.getAsLong());
    }

    /** Ends the pauses, because the turn succeeded. */
    synchronized void wentWell() {
        pause.reset();
    }

    /** Returns the next request whose place is to be looked up; null if there is none. */
    synchronized @Nullable ReplayRequest lookup() {
        return waiting.nextForPlace(nanoTime.getAsLong());
    }

    /**
     * Returns what is to be read next; null if no piece may be read now. After a failure it is for one request alone.
     */
    synchronized @Nullable ReplayTurn turn() {
        ReplayRequest head = waiting.nextForPiece(nanoTime.getAsLong());
        if (head == null) {
            return null;
        }
        boolean alone = pause.followsFailure() || head.missed() > 0 || waiting.isAlone(head);
        return new ReplayTurn(head, alone ? head.question().from() : waiting.lowestNear(head), alone);
    }

    void gone(ReplayRequest request, ReplayAnswer.Gone answer) {
        cancel(request);
        tell(request, answer);
    }

    /** Answers all requests for the same place as {@code asked}, and remembers the answer. */
    void found(ReplayRequest asked, PositionVector place) {
        List<ReplayRequest> answered;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            asked.account().lookedUp(now);
            places.keep(asked.question(), place, now);
            answered = taken(request -> request.question().isSame(asked.question()));
        }
        for (ReplayRequest request : answered) {
            tell(request, new ReplayAnswer.Place(place));
        }
    }

    /**
     * Answers the requests that {@code piece} serves. If there are none, {@code head} is the last in turn.
     *
     * @return whether there were any
     */
    boolean served(Piece piece, ReplayRequest head) {
        List<ReplayRequest> served;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            served = taken(request -> piece.serves(request.question()));
            served.forEach(request -> request.account().took(now, piece.records(), piece.read()));
            // a request nearby, at a lower place, may have filled the piece; or it waits for a piece that no longer
            // exists
            waiting.missed(head, served.isEmpty());
            if (!served.isEmpty() && !closed) {
                pieces.keep(this, piece);
            }
        }
        for (ReplayRequest request : served) {
            tell(request, piece.answer(request.question().from()));
        }
        telemetry.add(Meter.REPLAY_SHARED, channel, Math.max(0, served.size() - 1));
        return !served.isEmpty();
    }

    /** Drops what was read of the earlier life, because the channel has another log. */
    synchronized void startOver() {
        pieces.letGo(this);
        places.clear();
    }

    synchronized void close() {
        closed = true;
        count(-waiting.size());
        waiting.clear();
        pieces.letGo(this);
        places.clear();
    }

    /** Answers a request that has waited, and is in the queue no more. */
    private void tell(ReplayRequest request, ReplayAnswer answer) {
        telemetry.time(Meter.REPLAY_DURATION, channel, nanoTime.getAsLong() - request.since());
        request.answer(answer);
        request.tell();
    }

    private List<ReplayRequest> taken(Predicate<ReplayRequest> which) {
        List<ReplayRequest> found = waiting.take(which);
        count(-found.size());
        return found;
    }

    private void count(long change) {
        telemetry.add(Meter.REPLAY_WAITING, channel, change);
    }
}
