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

/** Finds where a client goes on that names the position it has come to. Confined to its worker. */
final class ResumeFinder {
    private final InstantSource clock;
    private final PlaceLookup lookup;
    private final TurnBudget steps;
    private @Nullable LeaderEpochs epochs;
    private boolean looking;

    ResumeFinder(InstantSource clock, PlaceLookup lookup, TurnBudget steps) {
        this.clock = clock;
        this.lookup = lookup;
        this.steps = steps;
    }

    /** Whether the place is not known only because this turn's steps did not suffice. */
    boolean looks() {
        return looking;
    }

    /**
     * The place after {@code position} in {@code log}; null if this node has not reached it yet, or if memory is still {@linkplain
     * #looks looked through}.
     *
     * @param startOver what follows if the position is void
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
            return channel.policy().keepsState()
                    ? unrecovered(channel, log, wanted)
                    : StartPlace.behind(channel, log, wanted, true);
        }
        return compareEpochs(cursor, wanted, startOver);
    }

    /** The leader epochs of the position must be those that the log has seen; else it names records that were replaced. */
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

    /** Compaction may have taken deletions away that a client needs which was gone for so long. */
    private boolean mayHaveLostDeletions(Channel channel, ChannelLog log, Position position) {
        Duration away = Duration.between(position.issuedAt(), clock.instant());
        return channel.policy().keepsState()
                && away.compareTo(log.deletionsKept().dividedBy(2)) > 0;
    }

    /** The state, not older than the client's place {@code wanted}, instead of what the client missed. */
    private static StartPlace unrecovered(Channel channel, ChannelLog log, PositionVector wanted) {
        return StartPlace.state(channel, log.indexPast(wanted)).inPlaceOfMore();
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
}
