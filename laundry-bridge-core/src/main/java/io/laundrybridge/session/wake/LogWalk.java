package io.laundrybridge.session.wake;

import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.TurnBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker's single walk through a channel's log, instead of a look at every entry by every reader that selects.
 * Readers that are as far as the walk follow it: they receive their matches and pass over the rest. Confined to its
 * worker.
 */
final class LogWalk {
    /**
     * The most entries looked at in one turn. It is less if there are many filters to ask or it takes long, so that the
     * worker is not held.
     */
    private static final int MOST_A_TURN = TurnBudget.A_TURN;

    private static final int LEAST_A_TURN = 64;
    private static final int ANSWERS_A_TURN = 262_144;

    private final InterestIndex index;
    private final TurnBudget steps;
    private final Set<Interest> followers = new HashSet<>();
    private @Nullable Cursor cursor;
    private boolean turnOver;

    LogWalk(InterestIndex index, TurnBudget steps) {
        this.index = index;
        this.steps = steps;
    }

    /** Returns the index before which everything has been looked at. */
    long end() {
        return cursor == null ? 0 : cursor.next();
    }

    /** Returns whether {@code reader} is as far as the walk, so that {@code interest} follows it from now on. */
    boolean takes(Interest interest, LogReader reader) {
        if (followers.isEmpty()) {
            cursor = reader.lag() <= MOST_A_TURN ? Cursor.before(reader.log(), reader.next()) : null;
        }
        boolean met = cursor != null && cursor.log() == reader.log() && reader.next() >= cursor.next();
        return met && followers.add(interest);
    }

    void leave(Interest interest) {
        followers.remove(interest);
        if (followers.isEmpty()) {
            cursor = null; // otherwise a replaced log would be kept
        }
    }

    /** Returns whether there is no follower. */
    boolean hasNoFollowers() {
        return followers.isEmpty();
    }

    /** Returns the followers; a copy, because they leave while they are called. */
    List<Interest> followers() {
        return new ArrayList<>(followers);
    }

    /** Returns whether the last turn came to the end that the log had then. */
    boolean done() {
        return !turnOver;
    }

    /**
     * Looks at new entries, for one turn.
     *
     * @return false if the log has evicted the next one
     */
    boolean goOn() {
        Cursor place = cursor;
        turnOver = false;
        if (followers.isEmpty() || place == null) {
            return true;
        }
        long head = place.log().head();
        long stop = Math.min(head, place.next() + turn());
        steps.begin();
        while (place.next() < stop && steps.left() > 0) {
            Run run = place.read(Integer.MAX_VALUE, (int) Math.min(steps.left(), stop - place.next()));
            if (run.isEmpty()) {
                return false;
            }
            long at = run.first();
            for (; at < run.end() && steps.take(); at++) {
                look(at, run.entry(at));
            }
            place.advance(run, at);
        }
        turnOver = place.next() < head;
        return !place.lost();
    }

    private void look(long at, LogEntry entry) {
        if (entry.isEvent()) {
            index.tell(at, entry);
        } else {
            followers().forEach(everybody -> everybody.found(at)); // it may have hidden wanted entries
        }
    }

    private int turn() {
        return Math.max(LEAST_A_TURN, Math.min(MOST_A_TURN, ANSWERS_A_TURN / (1 + index.filtersAskedAlways())));
    }
}
