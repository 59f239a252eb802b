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
    /** The bytes of a piece that is played at a pace: many replays at different places fit into the node's memory. */
    private static final long PACED_BYTES = 128 << 10;
    /** The least bytes of a piece, however many are being read. */
    private static final long LEAST_BYTES = 64 << 10;
    /** So many sessions together let a piece grow by its usual size, to at most so many times of that. */
    private static final int CROWD = 8;

    private static final int MOST_TIMES = 8;
    /** The time for which it is known that all requests wait for sessions behind them. */
    private static final long LOOK_NANOS = 1_000_000L;

    private final String channel;
    private final Telemetry telemetry;
    private final LongSupplier nanoTime;
    private final ReplayLimits limits;
    private final HeldPieces pieces;

    // Guarded by this.
    private final WaitingRequests waiting;
    private final PlaceCache places = new PlaceCache();
    private final Pause pause = new Pause();
    private final Convoy convoy = new Convoy();
    private long looksAgainAt;
    private boolean closed;
    private boolean taken;

    ReplayQueue(String channel, ReplayLimits limits, HeldPieces pieces, HostServices services) {
        this.channel = channel;
        this.limits = limits;
        this.pieces = pieces;
        this.waiting = new WaitingRequests(limits);
        this.telemetry = services.telemetry();
        this.nanoTime = services.nanoTime();
        this.looksAgainAt = nanoTime.getAsLong();
    }

    /**
     * Adds a request.
     *
     * @return false if it was answered at once
     */
    synchronized boolean add(ReplayRequest request) {
        long now = nanoTime.getAsLong();
        convoy.asks(request.account(), now);
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
            begins(request, piece, 1 + convoy.together(piece.end()), now);
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
        boolean ready = !taken && !waiting.isEmpty() && pause.left(now) == 0 && untilFree(now) == 0;
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
        return taken || waiting.isEmpty() ? null : Math.max(pause.left(now), untilFree(now));
    }

    private long untilFree(long now) {
        long free = waiting.untilFree(now);
        if (free > 0 || now - looksAgainAt < 0) {
            return Math.max(free, looksAgainAt - now);
        }
        long passed = waiting.untilPassed(convoy, now);
        looksAgainAt = now + Math.min(passed, LOOK_NANOS);
        return passed;
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
        long now = nanoTime.getAsLong();
        ReplayRequest head = waiting.nextForPiece(convoy, now);
        if (head == null) {
            return null;
        }
        boolean alone = pause.followsFailure() || head.missed() > 0 || waiting.isAlone(head);
        PositionVector from = alone ? head.question().from() : waiting.lowestNear(head);
        PositionVector memory = ReplayTurn.memory(head.log());
        boolean paced = head.question().kind() == ReplayKind.PACED;
        PositionVector goal =
                paced ? memory : pieces.endBefore(memory, from, head.log().id());
        return new ReplayTurn(head, from, alone, goal, goal.equals(memory), bytes(paced, now));
    }

    /**
     * Returns the size of the next piece. It grows with the crowd that will share it. The pieces that are read at the
     * same time must fit into the memory of pieces.
     */
    private long bytes(boolean paced, long now) {
        long usual = limits.pieceBytes();
        if (paced) {
            return Math.min(usual, PACED_BYTES);
        }
        long room = limits.heldBytes() / 2 / (1 + convoy.pieces(now));
        int times = Math.min(MOST_TIMES, Math.max(1, (waiting.pieces(now) + convoy.size()) / CROWD));
        return Math.max(Math.min(usual, LEAST_BYTES), Math.min(usual * times, room));
    }

    /** Returns how many requests wait for pieces, at least 1. */
    synchronized int crowd() {
        return Math.max(1, waiting.pieces(nanoTime.getAsLong()));
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
            served.forEach(request -> begins(request, piece, served.size(), now));
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
        convoy.clear();
        pieces.letGo(this);
        places.clear();
    }

    /** Answers a request that has waited, and is in the queue no more. */
    private void tell(ReplayRequest request, ReplayAnswer answer) {
        telemetry.time(Meter.REPLAY_DURATION, channel, nanoTime.getAsLong() - request.since());
        request.answer(answer);
        request.tell();
    }

    /** Notes that the session of {@code request} gets {@code piece}, which {@code sessions} share. */
    private void begins(ReplayRequest request, Piece piece, int sessions, long now) {
        request.account().took(now, piece, sessions);
        boolean follows = request.question().kind() != ReplayKind.PACED && !piece.last();
        if (follows) {
            convoy.begins(request.account(), piece.end(), now);
        }
    }

    private List<ReplayRequest> taken(Predicate<ReplayRequest> which) {
        List<ReplayRequest> found = waiting.take(which);
        count(-found.size());
        return found;
    }

    private void count(long change) {
        telemetry.add(Meter.REPLAY_WAITING, channel, change);
    }

    /**
     * The pause of a channel that could not be read. It begins with 0.2 s and doubles up to 5 s, until a turn succeeds.
     * Guarded by its queue.
     */
    private static final class Pause {
        private static final long FIRST_NANOS = 200_000_000L;
        private static final long LONGEST_NANOS = 5_000_000_000L;

        private long nanos = FIRST_NANOS;
        private boolean begun;
        private long until;

        void begin(long now) {
            begun = true;
            until = now + nanos;
            nanos = Math.min(LONGEST_NANOS, nanos * 2);
        }

        /** Returns the nanoseconds until the pause is over; 0 if it is, or none was begun. */
        long left(long now) {
            return begun ? Math.max(0, until - now) : 0;
        }

        void end() {
            begun = false;
        }

        /** Makes the next pause short again, because a turn succeeded. */
        void reset() {
            nanos = FIRST_NANOS;
        }

        /** Returns whether no turn has succeeded since the last pause. */
        boolean followsFailure() {
            return nanos > FIRST_NANOS;
        }
    }
}
