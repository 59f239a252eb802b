package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.session.dialect.PlaybackListener;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.place.Places;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the full dialect's lines about one channel. Each method adds a line to the ones that wait for their place
 * between events. Confined to the session's worker.
 */
final class ChannelLines implements PlaybackListener {
    /** The reason of a failed channel for clients that may learn no offset: the whole one may name a record. */
    private static final String FAILED = "the channel's source failed; the server's log says why";

    private final Channel channel;
    private final Places places;
    private PlaceOwner owner;
    private boolean hidesOffsets;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    /** Contains the answers to requests, and perhaps some that were sent. */
    private final List<Answer> answers = new ArrayList<>();

    /** The gaps without ranges that have not been sent yet. */
    private final Set<GapReason> kept = EnumSet.noneOf(GapReason.class);

    private boolean bookmarkDue;
    private String epoch;
    private PositionVector toldPosition = PositionVector.ORIGIN;
    private @Nullable Instant toldStale;
    private String toldReason = "";
    /** The last line on whether the source is behind. */
    private byte[] toldStatus = {};

    private boolean statusDue;

    /** An answer to subscribe {@code id}, and what it says. */
    private record Answer(long id, String epoch, PositionVector at, boolean recovered, byte[] line) {}

    /** Starts without lines; positions are of {@code owner}, in the epoch of {@code log}. */
    ChannelLines(Channel channel, ChannelLog log, Places places, PlaceOwner owner) {
        this.channel = channel;
        this.places = places;
        this.owner = owner;
        this.hidesOffsets = places.hidesOffsets(owner);
        this.epoch = log.epoch();
    }

    /**
     * Writes positions of {@code other} from now on. A reset must follow: the lines that wait were written for the
     * rights before, so only the answers to requests stay, written anew.
     */
    void become(PlaceOwner other) {
        List<Answer> unsent = unsent();
        owner = other;
        hidesOffsets = places.hidesOffsets(other);
        statusDue |= waiting.contains(toldStatus);
        waiting.clear();
        answers.clear();
        unsent.forEach(this::answer);
    }

    private List<Answer> unsent() {
        return answers.stream().filter(answer -> waiting.contains(answer.line)).toList();
    }

    /** Returns the reader whose positions these lines have. */
    PlaceOwner owner() {
        return owner;
    }

    /** Returns whether the client may learn no offset: events have no places, and gaps have no ranges. */
    boolean hidesOffsets() {
        return hidesOffsets;
    }

    /** Adds the answer to subscribe {@code id}: delivery starts at {@code at}. */
    void subscribed(long id, PositionVector at, boolean recovered) {
        if (waiting.isEmpty()) {
            answers.clear();
        }
        tellKept();
        toldPosition = at;
        answer(new Answer(id, epoch, at, recovered, new byte[0]));
    }

    /** Adds what {@code answer} says, in a line of its own. */
    private void answer(Answer answer) {
        String place = position(answer.epoch, answer.at);
        byte[] line = ServerLine.subscribed(answer.id, channel.name(), place, answer.recovered);
        answers.add(new Answer(answer.id, answer.epoch, answer.at, answer.recovered, line));
        waiting.add(line);
    }

    /** Adds a reset: everything delivered is void. Positions are in the epoch of {@code log} from now on. */
    void reset(ResetReason reason, ChannelLog log, PositionVector at) {
        epoch = log.epoch();
        kept.clear();
        waiting.add(ServerLine.reset(channel.name(), reason, position(at)));
    }

    /** Adds a gap: records are missing. */
    void gap(Gap gap) {
        if (hidesOffsets) {
            keep(gap.reason());
            tellKept();
            bookmarkDue = true;
        } else {
            waiting.add(gapLine(gap));
        }
    }

    /** Keeps a gap until the end of the next frame with events, or until the next bookmark. */
    void keep(GapReason reason) {
        kept.add(reason);
    }

    private void tellKept() {
        for (GapReason reason : kept) {
            byte[] line = ServerLine.gap(channel.name(), reason);
            if (!Arrays.equals(line, waiting.peekLast())) {
                waiting.add(line);
            }
        }
        kept.clear();
    }

    /** Returns the line of a gap that comes among events. */
    byte[] gapLine(Gap gap) {
        return ServerLine.gap(channel.name(), gap);
    }

    /** Returns the answer to await {@code id}, which comes among events. */
    byte[] reachedLine(long id) {
        return ServerLine.reached(id, channel.name());
    }

    /** Adds the beginning of a snapshot: the newest value of every key follows. */
    void snapshotBegins() {
        waiting.add(ServerLine.snapshotBegin(channel.name()));
    }

    /** Adds the end of a snapshot: the newest value of every key has been sent, in {@code rows}. */
    void snapshotEnds(PositionVector at, long rows) {
        tellKept();
        waiting.add(ServerLine.snapshotEnd(channel.name(), position(at), rows));
    }

    /** Adds a bookmark: everything before {@code at} has been sent. */
    void bookmark(PositionVector at) {
        tellKept();
        waiting.add(ServerLine.bookmark(channel.name(), position(at)));
    }

    /**
     * Adds a bookmark at {@code at}, unless it is the last position that the client got. A client that may learn no
     * offset always gets one: otherwise it would learn whether there were events of others.
     */
    void bookmarkIfNew(PositionVector at) {
        if (hidesOffsets || !at.equals(toldPosition)) {
            bookmark(at);
        }
    }

    /** Returns the bytes to leave free in {@code frame} for {@link #endFrame}, as far as there is room. */
    int bookmarkRoom(FrameBuffer frame) {
        return hidesOffsets ? Math.min(places.bookmarkLength(toldPosition.partitions()), frame.room() / 2) : 0;
    }

    /**
     * Ends the channel's part of {@code frame} with a bookmark at {@code at}, if it has events or gaps: nothing else
     * moves the client's position.
     */
    void endFrame(FrameBuffer frame, boolean hasEvents, PositionVector at) {
        if (hasEvents || (bookmarkDue && waiting.isEmpty())) {
            bookmark(at);
            waiting.forEach(frame::add);
            waiting.clear();
            bookmarkDue = false;
        }
    }

    /** {@inheritDoc} Nothing if other lines wait: they would pile up for a client that does not read. */
    @Override
    public void clock(long millis, PositionVector at) {
        if (waiting.isEmpty()) {
            tellKept();
            waiting.add(ServerLine.clock(channel.name(), millis, position(at)));
        }
    }

    @Override
    public void paused(@Nullable Long millis, PositionVector at) {
        tellKept();
        waiting.add(ServerLine.paused(channel.name(), millis, position(at)));
    }

    /** Adds the end of the catch-up. */
    void live() {
        waiting.add(ServerLine.live(channel.name()));
    }

    /** Adds whether the source is behind, unless the client knows that already. */
    void status(ChannelState state) {
        String reason = hidesOffsets && state.health().failed() ? FAILED : state.reason();
        if (!statusDue && Objects.equals(state.staleSince(), toldStale) && reason.equals(toldReason)) {
            return;
        }
        statusDue = false;
        toldStale = state.staleSince();
        toldReason = reason;
        toldStatus = toldStale == null
                ? ServerLine.fresh(channel.name())
                : ServerLine.stale(channel.name(), toldStale, toldReason);
        waiting.add(toldStatus);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Moves lines into {@code frame}, as many as it takes. */
    void moveTo(FrameBuffer frame) {
        frame.addAll(waiting);
    }

    /**
     * Ends these lines. Perhaps the user's rights have gone, so the places in what is left hide offsets if they can.
     *
     * @return the answers to requests that have not been sent
     */
    List<byte[]> end() {
        become(owner.asRestricted());
        return List.copyOf(waiting);
    }

    private String position(PositionVector vector) {
        toldPosition = vector;
        return position(epoch, vector);
    }

    private String position(String stream, PositionVector vector) {
        return places.write(owner, stream, channel.services().clock().instant(), vector);
    }
}
