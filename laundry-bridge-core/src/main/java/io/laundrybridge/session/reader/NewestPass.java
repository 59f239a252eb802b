package io.laundrybridge.session.reader;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;

/** The part of a log of which a reader takes the newest event of each key only. Confined to its worker. */
final class NewestPass {
    private static final long NONE = -1;

    private long end;
    private boolean only;
    private boolean looksBack;
    /** The entry for which a newer one is looked for, and where that goes on: its turn ended there. */
    private long passedOver = NONE;

    private long passedTo;

    /** Covers everything before {@code head}. */
    void begin(long head) {
        end = head;
    }

    /** As {@link #begin}, for a client that may know more of it than the reader comes to see. */
    void lookBack(long head) {
        end = head;
        looksBack = true;
    }

    /** The selection has changed: what was found out is void. */
    void selectionChanged() {
        passedOver = NONE;
    }

    /** Whether nothing at all is read outside of passes, for a reader at {@code next}. */
    void only(boolean passes, long next) {
        only = passes;
        end = passes ? Math.max(end, next) : end;
    }

    /** Nothing from there on may be read now; {@code hold} if passes do not bound it. */
    long bound(long hold) {
        return only ? end : hold;
    }

    boolean covers(long index) {
        return index < end;
    }

    /**
     * Returns whether the pass will come to a newer event of the same key that is to be sent; true also if the turn
     * ends before that is known.
     */
    boolean hides(Run run, long at, ChannelLog log, Selection selection, TurnBudget steps) {
        long newer = passedOver == at ? passedTo : run.newer(at);
        while (newer < end && selection.where() != null) {
            if (!steps.take()) {
                passedOver = at;
                passedTo = newer;
                return true; // undecided
            }
            LogEntry entry = log.entry(newer);
            if (entry == null) {
                return looksBack; // gone, and the reader with it: what is read again follows, unless it looks back
            }
            if (selection.wants(entry)) {
                return true;
            }
            newer = log.newer(newer);
        }
        return newer < end;
    }
}
