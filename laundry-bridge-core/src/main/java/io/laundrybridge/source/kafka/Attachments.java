package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The handlers of one source. Confined to the poll thread. */
final class Attachments {
    private final List<Attachment> all = new ArrayList<>();

    void add(Attachment attachment) {
        all.add(attachment);
    }

    /** Removes and returns the attachments that are closed. */
    List<Attachment> prune() {
        if (all.stream().noneMatch(Attachment::isClosed)) {
            return List.of();
        }
        List<Attachment> closed = new ArrayList<>();
        for (Iterator<Attachment> each = all.iterator(); each.hasNext(); ) {
            Attachment attachment = each.next();
            if (attachment.isClosed()) {
                closed.add(attachment);
                each.remove();
            }
        }
        return closed;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean anyWaiting() {
        for (Attachment attachment : all) {
            if (attachment.isWaiting()) {
                return true;
            }
        }
        return false;
    }

    boolean anyTakes() {
        for (Attachment attachment : all) {
            if (attachment.takes()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a handler holds a record that it cannot take now. */
    boolean anyHolds() {
        return all.stream().anyMatch(Attachment::holds);
    }

    /**
     * Tries the records that handlers hold once more.
     *
     * @return whether a handler goes on now
     */
    boolean retry() {
        boolean goesOn = false;
        for (Attachment attachment : all) {
            goesOn |= attachment.retry();
        }
        return goesOn;
    }

    /** Returns the histories that waiting handlers want to begin with. */
    Set<Duration> waitingHistories() {
        return all.stream()
                .filter(Attachment::isWaiting)
                .map(Attachment::history)
                .collect(Collectors.toSet());
    }

    void forEach(Consumer<Attachment> action) {
        all.forEach(action);
    }

    /**
     * Returns the place of the handler that is furthest behind, per partition. Handlers that do not read now do not
     * count.
     */
    PositionVector earliest(int partitions) {
        long[] next = new long[partitions];
        int[] epochs = new int[partitions];
        for (int p = 0; p < partitions; p++) {
            next[p] = Long.MAX_VALUE;
            for (Attachment attachment : all) {
                if (attachment.takes() && attachment.place().next(p) < next[p]) {
                    next[p] = attachment.place().next(p);
                    epochs[p] = attachment.place().epoch(p);
                }
            }
        }
        return PositionVector.of(next, epochs);
    }
}
