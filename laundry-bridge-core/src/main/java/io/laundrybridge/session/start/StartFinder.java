package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place in a channel that a {@code from} names; what is out of reach becomes a gap. An age must have been
 * turned into a time before. Confined to its worker.
 */
final class StartFinder {
    private final InstantSource clock;
    private final TurnBudget steps;
    private final ResumeFinder resume;
    private final PastFinder past;
    private @Nullable NewestInLog last;
    private boolean looking;

    /**
     * Takes as many of {@code steps} as a turn has, and continues in the next.
     *
     * @param plays whether the past is played, so that no state comes in its place
     */
    StartFinder(InstantSource clock, PlaceLookup lookup, TurnBudget steps, boolean plays) {
        this.clock = clock;
        this.steps = steps;
        this.resume = new ResumeFinder(clock, lookup, steps, plays);
        this.past = new PastFinder(clock, lookup, steps);
    }

    /**
     * Returns the place that {@code from} names, or the channel's default. Null if this node has not reached it yet,
     * the source is being asked, or the search in memory {@linkplain #looks continues}. The channel must have been
     * opened.
     *
     * @throws RefusedLineException if the channel cannot start there
     */
    @Nullable StartPlace find(Channel channel, @Nullable StartFrom from, @Nullable StartFrom other, Selection select) {
        looking = false;
        StartFrom wanted = from == null ? usual(channel) : from;
        if (wanted instanceof StartFrom.At at) {
            return resume.find(
                    channel, log(channel), at.position(), reason -> startOver(channel, other, select, reason));
        }
        return elsewhere(channel, wanted, select);
    }

    /**
     * Returns the place to start over at, because the requested position is void; null while the source is being asked.
     */
    @Nullable StartPlace startOver(Channel channel, @Nullable StartFrom other, Selection select, ResetReason reason) {
        StartFrom from = other == null || other.resumes() ? usual(channel) : other;
        StartPlace start = elsewhere(channel, from, select);
        return start == null ? null : start.because(reason);
    }

    /** Returns whether the place is unknown only because this turn's steps were used up. */
    boolean looks() {
        return looking || resume.looks() || past.looks();
    }

    private static StartFrom usual(Channel channel) {
        return channel.policy().keepsState() ? new StartFrom.Snapshot() : new StartFrom.Live();
    }

    private @Nullable StartPlace elsewhere(Channel channel, StartFrom from, Selection select) {
        ChannelLog log = log(channel);
        if (from instanceof StartFrom.Last newest) {
            return newest(log, newest.count(), select);
        }
        if (from instanceof StartFrom.Since since) {
            return past.since(channel, log, since.instant().toEpochMilli());
        }
        if (from instanceof StartFrom.Earliest) {
            return past.earliest(channel, log);
        }
        if (from instanceof StartFrom.Snapshot) {
            return StartPlace.state(channel, 0);
        }
        return StartPlace.at(Cursor.before(log, log.head()));
    }

    private @Nullable StartPlace newest(ChannelLog log, int count, Selection select) {
        NewestInLog search =
                last == null || !last.isFor(log, select) ? new NewestInLog(log, select, count, clock.millis()) : last;
        last = search;
        looking = !search.goOn(steps);
        return looking ? null : search.start();
    }

    private static ChannelLog log(Channel channel) {
        ChannelState state = channel.state();
        return Objects.requireNonNull(state.log(), "the channel was not opened");
    }
}
