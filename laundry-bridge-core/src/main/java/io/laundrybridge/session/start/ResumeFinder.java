package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LeaderEpochs;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.select.TurnBudget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the place of a client that resumes at a position. Confined to its worker. */
final class ResumeFinder {
    private final InstantSource clock;
    private final PlaceLookup lookup;
    private final TurnBudget steps;
    private final boolean plays;
    private @Nullable LeaderEpochs epochs;
    private boolean looking;

    /**
     * Makes a finder in turns of {@code steps}.
     *
     * @param plays whether the past is played, so that no state comes in its place
     */
    ResumeFinder(InstantSource clock, PlaceLookup lookup, TurnBudget steps, boolean plays) {
        this.plays = plays;
        this.clock = clock;
        this.lookup = lookup;
        this.steps = steps;
    }

    /** Returns whether the place is unknown only because this turn's steps were used up. */
    boolean looks() {
        return looking;
    }

    /**
     * Returns the place after {@code position} in {@code log}; null if this node has not reached it yet, or the search
     * in memory {@linkplain #looks continues}.
     *
     * @param startOver the start if the position is void
     */
    @Nullable StartPlace find(
            Channel channel, ChannelLog log, Position position, Function<ResetReason, @Nullable StartPlace> startOver) {
        looking = false;
        if (!position.epoch().equals(log.epoch())) {
            return startOver.apply(ResetReason.EPOCH);
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
            return needsState(channel)
                    ? unrecovered(channel, log, wanted)
                    : StartPlace.behind(channel, log, wanted, true);
        }
        return compareEpochs(cursor, wanted, startOver);
    }

    /**
     * Checks that the log has the leader epochs of the position; otherwise the position names records that were
     * replaced.
     *
     * @return where to begin; null if this is not known yet
     */
    private @Nullable StartPlace compareEpochs(
            Cursor cursor, PositionVector wanted, Function<ResetReason, @Nullable StartPlace> startOver) {
        LeaderEpochs comparison =
                epochs == null || !epochs.isFor(cursor.log(), wanted) ? new LeaderEpochs(cursor, wanted) : epochs;
        epochs = comparison;
        looking = !comparison.goOn(steps::take);
        if (looking) {
            return null;
        }
        return comparison.contradict() ? startOver.apply(ResetReason.TRUNCATED) : StartPlace.resume(cursor, wanted);
    }

    /** Returns whether the client was away so long that compaction may have removed deletions that it needs. */
    private boolean mayHaveLostDeletions(Channel channel, ChannelLog log, Position position) {
        Duration away = Duration.between(position.issuedAt(), clock.instant());
        return needsState(channel) && away.compareTo(log.deletionsKept().dividedBy(2)) > 0;
    }

    private boolean needsState(Channel channel) {
        return !plays && channel.policy().keepsState();
    }

    /** Returns the state, not older than the client's place {@code wanted}, instead of the missed events. */
    private static StartPlace unrecovered(Channel channel, ChannelLog log, PositionVector wanted) {
        return StartPlace.state(channel, log.indexPast(wanted)).inPlaceOfMore();
    }

    /**
     * Refuses a position with more partitions than the topic. This node may not know added partitions yet, but the
     * source does.
     */
    private void refuseTooManyPartitions(ChannelLog log, PositionVector wanted) {
        PositionVector stream = lookup.beginning(log, wanted.partitions());
        if (stream != null && stream.partitions() < wanted.partitions()) {
            throw new RefusedLineException(
                    ErrorCode.BAD_POSITION,
                    "the position names partition " + (wanted.partitions() - 1) + "; the topic has "
                            + stream.partitions() + " partitions; subscribe without a position");
        }
    }
}
