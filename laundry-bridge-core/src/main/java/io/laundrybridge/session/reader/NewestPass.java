package io.laundrybridge.session.reader;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.select.TurnBudget;

/** The part of a log in which a reader takes only the newest event of each key. Confined to its worker. */
final class NewestPass {
    private static final long NONE = -1;

    private long end;
    private boolean only;
    private boolean looksBack;
    /** The entry for which a newer one is being searched, and the place where that continues in the next turn. */
    private long passedOver = NONE;

    private long passedTo;

    /** Covers everything before {@code head}. */
    void begin(long head) {
        end = head;
    }

    /** Begins as {@link #begin}, for a client that may know more of it than the reader comes to see. */
    void lookBack(long head) {
        end = head;
        looksBack = true;
    }

    /** Makes all results void, because the selection has changed. */
    void selectionChanged() {
        passedOver = NONE;
    }

    /** Sets whether a reader at {@code next} reads only in passes. */
    void only(boolean passes, long next) {
        only = passes;
        end = passes ? Math.max(end, next) : end;
    }

    /** Returns the index from which on nothing may be read now; {@code hold} if passes do not bound it. */
    long bound(long hold) {
        return only ? end : hold;
    }

    boolean covers(long index) {
        return index < end;
    }

    /**
     * Returns whether the pass will find a newer event of the same key that is to be sent. Also true if the turn ends
     * before that is known.
     */
    boolean hides(Run run, long at, LogReader reader, TurnBudget steps) {
        ChannelLog log = reader.log();
        long newer = passedOver == at ? passedTo : run.newer(at);
        while (newer < end && reader.asksEntries()) {
            if (!steps.take()) {
                passedOver = at;
                passedTo = newer;
                return true; // undecided
            }
            long next = log.newer(newer); // first: if the entry is there after that, so was its link
            LogEntry entry = log.entry(newer);
            if (entry == null) {
                return looksBack; // gone: a replay follows, unless it looks back
            }
            if (reader.replaces(entry)) {
                return true;
            }
            newer = next;
        }
        return newer < end;
    }
}
