package io.laundrybridge.session.dialect;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.feed.Feed;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.Session;
import org.jspecify.annotations.Nullable;

/** Reads a feed for a dialect in which every event is a frame of its own. Confined to the session's worker. */
public final class EventPerFrame {
    private final Feed feed;
    private final TurnBudget steps;
    private final int maxBytes;
    private boolean more;

    /** Makes a frame of an event. */
    @FunctionalInterface
    public interface Framer {
        /** Returns a frame of {@code entry}, at {@code at} in {@code run}; null if the dialect has none for it. */
        @Nullable Frame frame(Run run, long at, LogEntry entry);
    }

    /** Reads {@code subscription} from its start, in turns of {@code session}. */
    public EventPerFrame(Session session, ChannelSubscription subscription) {
        this.feed = subscription.feed();
        this.steps = session.reading().steps();
        this.maxBytes = session.context().limits().batchBytes();
    }

    /** Returns the frame of the next event; null if this piece of the log, or this turn, has no more. */
    public @Nullable Frame next(Framer framer) {
        Run run = feed.read(maxBytes, steps.left());
        Frame frame = null;
        long at = run.first();
        while (at < run.end() && frame == null) {
            boolean wanted = steps.take() && feed.reader().wants(run, at, steps);
            if (!wanted && steps.left() == 0) {
                break; // perhaps undecided: the next turn looks at it again
            }
            frame = wanted ? framer.frame(run, at, run.entry(at)) : null;
            at++;
        }
        if (!run.isEmpty()) {
            feed.advance(run, at);
        }
        more = feed.hasWork();
        return frame;
    }

    /** Returns whether the last look left something that is known to wait. */
    public boolean hasMore() {
        return more;
    }
}
