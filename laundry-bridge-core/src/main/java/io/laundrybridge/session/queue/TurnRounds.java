package io.laundrybridge.session.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The turns that wait for a worker. Turns that wait together are taken in the order of their places. So sessions at one
 * place follow each other while the core's caches hold what they send. Later turns wait for the next round. Any thread
 * adds; the worker takes.
 */
final class TurnRounds implements Lane {
    /** The most turns of a round; more would take long to sort. */
    private static final int MOST = 1_024;

    private static final Comparator<PlacedTurn> BY_PLACE = Comparator.comparingLong(PlacedTurn::place);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    // Worker only.
    private final List<PlacedTurn> gathered = new ArrayList<>();
    private final Deque<Runnable> round = new ArrayDeque<>();

    void add(Runnable turn) {
        waiting.add(turn);
    }

    @Override
    public boolean isEmpty() {
        return round.isEmpty() && waiting.isEmpty();
    }

    @Override
    public @Nullable Runnable poll() {
        if (round.isEmpty()) {
            begin();
        }
        return round.poll();
    }

    /** Begins a round, which ends with the first turn that has no place. */
    private void begin() {
        Runnable next = waiting.poll();
        while (next instanceof PlacedTurn placed) {
            gathered.add(placed);
            next = gathered.size() < MOST ? waiting.poll() : null;
        }
        gathered.sort(BY_PLACE);
        round.addAll(gathered);
        gathered.clear();
        if (next != null) {
            round.add(next);
        }
    }

    @Override
    public void clear() {
        waiting.clear();
        round.clear();
    }
}
