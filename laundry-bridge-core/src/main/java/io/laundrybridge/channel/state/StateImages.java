package io.laundrybridge.channel.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The images of a table that are being read, the oldest first, and what they hold beside the table: rows that have been
 * replaced or deleted since. Beyond a bound the oldest is let go, and its readers start over. Guarded by its table.
 */
final class StateImages {
    private final long limit;
    private final Deque<StateImage> held = new ArrayDeque<>();
    private long bytes;
    private long lost;

    StateImages(long limit) {
        this.limit = limit;
    }

    /** Memory of rows that are held for images alone. */
    long bytes() {
        return bytes;
    }

    /** How many images were let go that somebody read. */
    long lost() {
        return lost;
    }

    void add(StateImage image) {
        held.addLast(image);
    }

    @Nullable StateImage newest() {
        return held.peekLast();
    }

    /** A row that the newest image has is in the table no more. */
    void outdated(long size) {
        StateImage newest = held.peekLast();
        if (newest != null) {
            newest.outdates(size);
            bytes += size;
            while (bytes > limit) {
                StateImage oldest = held.removeFirst();
                bytes -= oldest.outdated();
                lost += oldest.isRead() ? 1 : 0;
                oldest.letGo();
            }
        }
    }

    /** Nobody reads {@code image} any more; what it holds may lie in the one before too. */
    void remove(StateImage image) {
        StateImage before = null;
        for (Iterator<StateImage> each = held.iterator(); each.hasNext(); ) {
            StateImage next = each.next();
            if (next == image) {
                each.remove();
                image.letGo();
                if (before == null) {
                    bytes -= image.outdated();
                } else {
                    before.outdates(image.outdated());
                }
                return;
            }
            before = next;
        }
    }
}
