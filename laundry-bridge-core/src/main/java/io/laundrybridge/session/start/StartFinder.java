package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LeaderEpochs;
import io.laundrybridge.channel.log.TimeSearch;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place in a channel that a {@code from} names; what is out of reach becomes an honest gap. An age must have been
 * made a time before. Confined to its worker.
 */
final class StartFinder {
    private final InstantSource clock;
    private final PlaceLookup lookup;
    private final TurnBudget steps;
    private @Nullable NewestInLog last;
    private @Nullable TimeSearch time;
    private @Nullable LeaderEpochs epochs;
    private boolean looking;

    /** Takes as many of {@code steps} as there are in a turn, and goes on in the next. */
    StartFinder(InstantSource clock, PlaceLookup lookup, TurnBudget steps) {
        this.clock = clock;
        this.lookup = lookup;
        this.steps = steps;
    }

    /**
     * The place that {@code from} names, or the channel's usual one; null if this node has not reached it yet, the source is
     * being asked where it lies, or memory is still {@linkplain #looks looked through}. The channel must have been opened.
     *
     * @throws RefusedLineException if the channel cannot start there
     */
    @Nullable StartPlace resolve(Channel channel, @Nullable StartFrom from, @Nullable StartFrom otherwise, Selection selection) {
        looking = false;
        StartFrom wanted = from == null ? usual(channel) : from;
        if (wanted instanceof StartFrom.At at) {
            return at(channel, at.position(), otherwise, selection);
        }
        return elsewhere(channel, wanted, selection);
    }

    /** The place to start over at, because the position asked for is void; null while the source is being asked. */
    @Nullable StartPlace startOver(Channel channel, @Nullable StartFrom otherwise, Selection selection, ResetReason reason) {
        StartFrom from = otherwise == null || otherwise instanceof StartFrom.At ? usual(channel) : otherwise;
        StartPlace start = elsewhere(channel, from, selection);
        return start == null ? null : start.because(reason);
    }

    /** Whether the place is not known only because this turn's steps did not suffice. */
    boolean looks() {
        return looking;
    }

    private static StartFrom usual(Channel channel) {
        return channel.policy().keepsState() ? new StartFrom.Snapshot() : new StartFrom.Live();
    }

    private @Nullable StartPlace elsewhere(Channel channel, StartFrom from, Selection selection) {
        ChannelLog log = log(channel);
        if (from instanceof StartFrom.Last newest) {
            return newest(log, newest.count(), selection);
        }
        if (from instanceof StartFrom.Since since) {
            return since(channel, log, since.instant().toEpochMilli());
        }
        if (from instanceof StartFrom.Earliest) {
            return earliest(channel, log);
        }
        if (from instanceof StartFrom.Snapshot) {
            return snapshot(channel, 0);
        }
        return StartPlace.at(Cursor.before(log, log.head()));
    }

    private static StartPlace snapshot(Channel channel, long least) {
        StartPlace start = StartPlace.snapshot(channel.state(), least);
        if (start != null) {
            return start;
        }
        throw channel.policy().keepsState()
                ? new RefusedLineException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "the channel has more state than its limits allow; start from live, or have the operator raise"
                                + " state-keys and state-bytes")
                : new RefusedLineException(
                        ErrorCode.BAD_REQUEST, "the channel keeps no state; start from live, last:100 or earliest");
    }

    private @Nullable StartPlace at(
            Channel channel, Position position, @Nullable StartFrom otherwise, Selection selection) {
        ChannelLog log = log(channel);
        if (!position.epoch().equals(log.epoch())) {
            return startOver(channel, otherwise, selection, ResetReason.EPOCH);
        }
        PositionVector wanted = position.vector();
        PositionVector progress = log.progress();
        if (wanted.partitions() > progress.partitions()) {
            refuseTooManyPartitions(log, wanted);
            return null;
        }
        if (!progress.reaches(wanted) || wanted.isEpochAhead(progress)) {
            return null; // this node is behind, or the position is forged
        }
        Cursor cursor = Cursor.before(log, Math.max(log.indexFor(wanted), log.start(clock.millis())));
        if (mayHaveLostDeletions(channel, log, position)) {
            return unrecovered(channel, log, wanted);
        }
        if (!wanted.reaches(cursor.position())) {
            return channel.policy().keepsState()
                    ? unrecovered(channel, log, wanted)
                    : behind(channel, log, wanted, true);
        }
        LeaderEpochs comparison =
                epochs == null || !epochs.isFor(log, wanted) ? new LeaderEpochs(cursor, wanted) : epochs;
        epochs = comparison;
        looking = !comparison.goOn(steps::take);
        if (looking) {
            return null;
        }
        return comparison.contradict()
                ? startOver(channel, otherwise, selection, ResetReason.TRUNCATED)
                : StartPlace.resume(cursor, wanted);
    }

    /** Compaction may have taken deletions away that a client needs which was gone for so long. */
    private boolean mayHaveLostDeletions(Channel channel, ChannelLog log, Position position) {
        Duration away = Duration.between(position.issuedAt(), clock.instant());
        return channel.policy().keepsState()
                && away.compareTo(log.deletionsKept().dividedBy(2)) > 0;
    }

    /** The state, not older than the client's place {@code wanted}, instead of what the client missed. */
    private static StartPlace unrecovered(Channel channel, ChannelLog log, PositionVector wanted) {
        return snapshot(channel, log.indexPast(wanted)).inPlaceOfMore();
    }

    /** Partitions that this node does not know may have been added; that the topic has fewer than that is told by the source. */
    private void refuseTooManyPartitions(ChannelLog log, PositionVector wanted) {
        PositionVector stream = lookup.beginning(log, wanted.partitions());
        if (stream != null && stream.partitions() < wanted.partitions()) {
            throw new RefusedLineException(
                    ErrorCode.BAD_POSITION,
                    "the position names partition " + (wanted.partitions() - 1) + "; the topic has "
                            + stream.partitions() + " partitions; subscribe without a position");
        }
    }

    /** From memory if that still has all that there ever was, else from where the source says; null while it is being asked. */
    private @Nullable StartPlace earliest(Channel channel, ChannelLog log) {
        Cursor cursor = Cursor.before(log, log.start(clock.millis()));
        if (log.beginning().reaches(cursor.position())) {
            return StartPlace.at(cursor);
        }
        PositionVector beginning = lookup.beginning(log, log.progress().partitions());
        return beginning == null ? null : from(channel, log, beginning);
    }

    /** Reads again from {@code wanted} on, as far back as the channel's budget allows. */
    private static StartPlace behind(Channel channel, ChannelLog log, PositionVector wanted, boolean resumes) {
        PositionVector memory = Cursor.before(log, log.start()).position();
        PositionVector reachable = channel.policy().replay().reach(wanted, memory);
        return StartPlace.behind(log, wanted, reachable, missing(wanted, reachable), resumes);
    }

    /** From memory if that knows, else from where the source says; null while the source is being asked. */
    private @Nullable StartPlace since(Channel channel, ChannelLog log, long millis) {
        if (millis <= 0) {
            return earliest(channel, log); // also what is stamped with no time at all
        }
        TimeSearch search = time == null || !time.isFor(log, millis) ? new TimeSearch(log, millis) : time;
        time = search;
        looking = !search.goOn(steps::take);
        Cursor cursor = looking ? null : search.cursor();
        if (cursor != null) {
            return StartPlace.resume(cursor, search.place());
        }
        if (looking) {
            return null;
        }
        PositionVector place = lookup.time(log, millis);
        return place == null ? null : from(channel, log, place);
    }

    /** At {@code place}, which is true, but perhaps behind memory, or ahead of what this node has read. */
    private static StartPlace from(Channel channel, ChannelLog log, PositionVector place) {
        Cursor cursor = Cursor.before(log, log.indexFor(place));
        return place.reaches(cursor.position()) && log.progress().reaches(place)
                ? StartPlace.resume(cursor, place)
                : behind(channel, log, place, false);
    }

    private @Nullable StartPlace newest(ChannelLog log, int count, Selection selection) {
        NewestInLog search = last == null || !last.isFor(log, selection)
                ? new NewestInLog(log, selection, count, clock.millis())
                : last;
        last = search;
        looking = !search.goOn(steps);
        return looking ? null : search.start();
    }

    private static ChannelLog log(Channel channel) {
        ChannelState state = channel.state();
        return Objects.requireNonNull(state.log(), "the channel was not opened");
    }

    private static List<Gap> missing(PositionVector from, PositionVector to) {
        return Gap.between(from, to, GapReason.LIMIT);
    }
}
