package io.laundrybridge.channel.replay;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of all channels of a node that are kept for sessions that read them or may ask for them. Beyond a bound
 * the oldest is dropped. Thread-safe.
 */
final class HeldPieces {
    private final long limit;
    private final Telemetry telemetry;

    // Guarded by this.
    private final Deque<Held> held = new ArrayDeque<>();
    private long bytes;

    HeldPieces(long limit, Telemetry telemetry) {
        this.limit = limit;
        this.telemetry = telemetry;
    }

    private record Held(Object channel, Piece piece) {}

    /** Returns a piece that answers {@code question}; null if there is none. */
    synchronized @Nullable Piece find(ReplayQuestion question) {
        for (Held each : held) {
            if (each.piece().serves(question)) {
                return each.piece();
            }
        }
        return null;
    }

    /**
     * Returns where reading from {@code from} on may end before {@code end}, because a piece of the log of that
     * {@code life} begins there.
     */
    synchronized PositionVector endBefore(PositionVector end, PositionVector from, long life) {
        PositionVector nearest = end;
        for (Held each : held) {
            PositionVector begin = each.piece().begin();
            if (each.piece().life() == life && begin.reaches(from) && !from.reaches(begin) && nearest.reaches(begin)) {
                nearest = begin;
            }
        }
        return nearest;
    }

    /** Keeps {@code piece}, which was read for {@code channel}. */
    synchronized void keep(Object channel, Piece piece) {
        held.add(new Held(channel, piece));
        hold(piece.bytes());
        while (bytes > limit && held.size() > 1) {
            release(held.remove());
        }
    }

    /** Drops all pieces of {@code channel}. */
    synchronized void letGo(Object channel) {
        for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
            Held each = all.next();
            if (each.channel() == channel) {
                all.remove();
                release(each);
            }
        }
    }

    private void release(Held each) {
        each.piece().release();
        hold(-each.piece().bytes());
    }

    private void hold(long more) {
        bytes += more;
        telemetry.add(Meter.REPLAY_HELD, "", more);
    }
}
