package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.session.frame.FrameBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the full dialect's lines about one channel. Each method adds a line to the ones that wait for their place
 * between events. Confined to the session's worker.
 */
final class ChannelLines {
    private final Channel channel;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    /** Contains the answers to requests, and perhaps some that were sent. */
    private final List<byte[]> answers = new ArrayList<>();

    private String epoch;
    private PositionVector toldPosition = PositionVector.ORIGIN;
    private @Nullable Instant toldStale;
    private String toldReason = "";

    /** Starts without lines; positions are in the epoch of {@code log}. */
    ChannelLines(Channel channel, ChannelLog log) {
        this.channel = channel;
        this.epoch = log.epoch();
    }

    /** Adds the answer to subscribe {@code id}: delivery starts at {@code at}. */
    void subscribed(long id, PositionVector at, boolean recovered) {
        if (waiting.isEmpty()) {
            answers.clear();
        }
        byte[] answer = ServerLine.subscribed(id, channel.name(), position(at), recovered);
        answers.add(answer);
        waiting.add(answer);
    }

    /** Adds a reset: everything delivered is void. Positions are in the epoch of {@code log} from now on. */
    void reset(ResetReason reason, ChannelLog log, PositionVector at) {
        epoch = log.epoch();
        waiting.add(ServerLine.reset(channel.name(), reason, position(at)));
    }

    /** Adds a gap: records are missing. */
    void gap(Gap gap) {
        waiting.add(gapLine(gap));
    }

    /** Returns the line of a gap that comes among events. */
    byte[] gapLine(Gap gap) {
        return ServerLine.gap(channel.name(), gap);
    }

    /** Adds the beginning of a snapshot: the newest value of every key follows. */
    void snapshotBegins() {
        waiting.add(ServerLine.snapshotBegin(channel.name()));
    }

    /** Adds the end of a snapshot: the newest value of every key has been sent, in {@code rows}. */
    void snapshotEnds(PositionVector at, long rows) {
        waiting.add(ServerLine.snapshotEnd(channel.name(), position(at), rows));
    }

    /** Adds a bookmark: everything before {@code at} has been sent. */
    void bookmark(PositionVector at) {
        waiting.add(ServerLine.bookmark(channel.name(), position(at)));
    }

    /** Adds a bookmark at {@code at}, unless it is the last position that the client got. */
    void bookmarkIfNew(PositionVector at) {
        if (!at.equals(toldPosition)) {
            bookmark(at);
        }
    }

    /** Adds the end of the catch-up. */
    void live() {
        waiting.add(ServerLine.live(channel.name()));
    }

    /** Adds whether the source is behind, unless the client knows that already. */
    void status(ChannelState state) {
        if (Objects.equals(state.staleSince(), toldStale) && state.reason().equals(toldReason)) {
            return;
        }
        toldStale = state.staleSince();
        toldReason = state.reason();
        waiting.add(
                toldStale == null
                        ? ServerLine.fresh(channel.name())
                        : ServerLine.stale(channel.name(), toldStale, toldReason));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Moves lines into {@code frame}, as many as it takes. */
    void moveTo(FrameBuffer frame) {
        frame.addAll(waiting);
    }

    /** Returns the answers to requests that have not been sent. */
    List<byte[]> unsentAnswers() {
        answers.retainAll(waiting);
        return answers;
    }

    private Position position(PositionVector vector) {
        toldPosition = vector;
        return new Position(epoch, channel.services().clock().instant(), vector);
    }
}
