package io.laundrybridge.session.feed;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.start.ReadingSession;
import io.laundrybridge.session.start.StartPlace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a subscription, one stage after the other without a gap. The stages are an image of the state,
 * replayed pieces that memory no longer has, and the channel's log. Confined to its session's worker.
 */
public final class Feed {
    private final Channel channel;
    private final Following following;
    private final FeedListener listener;
    private final FeedSnapshots snapshots;
    private final VisibleKeys inView;
    private final WayBack wayBack;
    private final LiveEvents live;
    private Stage stage;
    private Return returning = Return.NONE;
    /** Whether the client may hold rows that have ended, of which it must not be told one by one. */
    private boolean untold;

    /**
     * Makes a feed that begins at {@code start} as soon as {@link #begin} is called.
     *
     * @param following wakes the session; closed along with this
     * @param turns the times at which the session began snapshots of the channel
     */
    public Feed(
            Channel channel,
            StartPlace start,
            ReadingSession session,
            Following following,
            VisibleKeys inView,
            SnapshotTurns turns,
            FeedListener listener) {
        this.channel = channel;
        this.live = new LiveEvents(session, channel.name(), start.cursor().log());
        this.following = following;
        this.listener = listener;
        this.snapshots = new FeedSnapshots(channel, session, turns);
        this.inView = inView;
        this.wayBack = new WayBack(channel, session, following, listener, start);
        this.stage = wayBack.first(start);
    }

    /** Reports the snapshot of {@code start} to the listener, and reads it first. */
    public void begin(StartPlace start) {
        if (start.image() == null) {
            return;
        }
        inView.told();
        untold = false;
        listener.snapshotBegins();
        snapshots.begin(start);
        readOn();
    }

    /** Returns the reader of the present stage. */
    public LogReader reader() {
        return stage.reader();
    }

    /** Returns the log in which this feed ends. */
    public ChannelLog home() {
        return wayBack.home();
    }

    /** Returns whether the log itself is being read. */
    public boolean inLog() {
        return stage instanceof LogStage;
    }

    /** Returns how many events of the log may be read now; none while anything else is read. */
    public long lag() {
        return inLog() && returning == Return.NONE && !plays() ? reader().lag() : 0;
    }

    /** Returns whether the present events come apart from the stream and move no position. */
    public boolean inValues() {
        return stage instanceof ValuesStage;
    }

    /** Returns whether the present events are of the stream, in their order, and move the position. */
    public boolean inStream() {
        return !(stage instanceof SnapshotStage) && !inValues() && !asValues();
    }

    /**
     * Plays the past from now on, whatever the policy for slow readers: no snapshot comes in between.
     *
     * @param end the place before which it ends; null to go on to live
     * @param values whether the events move no position, and gaps do not matter
     */
    public void play(@Nullable PositionVector end, boolean values) {
        waitHere();
        wayBack.play(end, values);
    }

    /** Goes on to live, as fast as possible. */
    public void playNoMore() {
        if (plays()) {
            waitHere();
            wayBack.playNoMore();
        }
    }

    /** Returns whether the past is played. */
    public boolean plays() {
        return wayBack.plays();
    }

    /** Returns whether the events of the stream come as values. */
    public boolean asValues() {
        return wayBack.asValues();
    }

    /** Returns whether there is something to send or report. */
    public boolean hasWork() {
        return returning != Return.NONE || snapshots.due() || stage.hasWork();
    }

    /** Returns the next entries, as far as they are in one piece. */
    public Run read(int maxBytes, int maxEntries) {
        return stage.read(maxBytes, maxEntries);
    }

    public void advance(Run run, long end) {
        if (inLog() && !plays()) {
            live.sent(run);
        }
        stage.advance(run, end);
        untold = untold || (reader().withheld() && !inValues());
    }

    public void select(Selection other) {
        leaveValues();
        following.select(other);
        reader().select(other);
    }

    /** Returns the present selection. */
    public Selection selection() {
        return following.selection();
    }

    /** Returns the keys that are shown. */
    public VisibleKeys inView() {
        return inView;
    }

    /**
     * Reads on under another grant. Everything sent is void: the state comes again as a whole, before anything else; a
     * stream goes on at its place.
     */
    public void regrant(Selection other) {
        leaveValues();
        restart(other);
        if (channel.policy().keepsState()) {
            listener.snapshotBegins(); // so that a client that leaves now begins anew
            snapshots.need();
        }
    }

    /** Shows only these keys; keys that come into view get their newest value. */
    public void view(KeyView shown) {
        leaveValues();
        inView.change(shown);
    }

    /** Keeps the place and releases everything else. Nothing is read until {@link #resume}. */
    public void pause() {
        wayBack.close();
        returning = Return.NONE;
        if (stage instanceof SnapshotStage) {
            stage = new WaitingStage(snapshots.breakOff().position());
        }
        waitHere();
    }

    /** Leaves the reader, which may be beyond an end that moves, in some partitions. */
    private void waitHere() {
        leaveValues();
        if (!waits() && !(stage instanceof SnapshotStage)) {
            reader().settle();
            stage = new WaitingStage(stage.position());
        }
    }

    /** Returns whether it waits: for the source, for this node, or to be resumed. */
    public boolean waits() {
        return stage instanceof WaitingStage;
    }

    /**
     * Continues at the place, at the next look.
     *
     * @param latest whether of the events since then the newest of each key is enough, as far as the log has it
     */
    public void resume(boolean latest) {
        returning = latest ? Return.NEWEST : Return.ALL;
    }

    /** Returns whether a snapshot must begin, or begin again. */
    public boolean imageDue() {
        return snapshots.due() || snapshots.wanted() || untold;
    }

    /** Drops a snapshot that the client has not read for too long: it gets a new one before anything else. */
    public void expire(long now) {
        if (snapshots.expires(now)) {
            readLog(snapshots.breakOff());
        }
    }

    /** Shows the newest value of every key as soon as a snapshot may begin; the stream continues until then. */
    public void wantSnapshot() {
        if (!plays()) {
            leaveValues();
            snapshots.want();
        }
    }

    /** Returns the position before which everything has been handled. */
    public PositionVector position() {
        return stage.position();
    }

    /**
     * Follows the channel's changes, and moves on to the next stage.
     *
     * @return false if the session must be closed
     */
    public boolean refresh() {
        followChannel();
        if (stage instanceof SnapshotStage && !reader().behind()) {
            readOn();
        }
        if (stage instanceof PieceStage piece && piece.isOver()) {
            stage = new WaitingStage(piece.position());
        }
        goOn();
        following.follow(inLog() && !plays() ? reader() : null);
        boolean holds = !inLog() || !reader().lost() || findsBack();
        if (!holds || (snapshots.due() && !snapshot())) {
            return false;
        }
        showWanted();
        showValues();
        return true;
    }

    /**
     * Shows the newest value of every key, then continues.
     *
     * @return false if the channel has no image
     */
    boolean snapshot() {
        leaveValues();
        long seen = inLog() ? reader().seen() : snapshots.seen(home(), position());
        StartPlace start = StartPlace.snapshot(channel.state(), seen);
        if (start == null) {
            return false;
        }
        if (start.cursor().log() != home()) {
            return true; // of an epoch that the next look ends with a reset
        }
        wayBack.close();
        begin(start);
        return true;
    }

    public void close() {
        wayBack.close();
        snapshots.leave();
        following.close();
    }

    private void followChannel() {
        ChannelState state = channel.state();
        ChannelLog log = state.log();
        if (log != null && log != home()) {
            startOver(log, Objects.requireNonNullElse(state.reset(), ResetReason.EPOCH));
        } else if (returning != Return.NONE) {
            comeBack();
        }
        returning = Return.NONE;
    }

    /**
     * Continues at the place where the page was hidden. A hidden page is not a slow reader, whatever the policy for
     * slow ones.
     */
    private void comeBack() {
        live.beginAt(home());
        PositionVector at = stage.position();
        boolean held = at.reaches(Cursor.before(home(), home().start()).position());
        if (!held && (!channel.policy().keepsState() || !snapshot())) {
            stage = wayBack.from(at);
        }
        goOn();
        if (returning == Return.NEWEST && inLog()) {
            reader().beginPass();
        }
    }

    /** Moves back towards the log, as far as possible without waiting. */
    private void goOn() {
        stage = wayBack.goOn(stage, reason -> startOver(home(), reason));
    }

    /** Begins a snapshot if one is wanted. It also ends the rows that have ended untold, once all pieces are read. */
    private void showWanted() {
        if (untold && inLog() && !plays()) {
            snapshots.want();
        }
        if (!plays() && snapshots.takeTurn() && !snapshot() && untold) {
            restart(following.selection().withoutState()); // the channel has too much: the client forgets its rows
        }
    }

    /** Reads on with another selection; everything sent is void. */
    private void restart(Selection other) {
        playNoMore();
        untold = false;
        following.select(other);
        if (stage instanceof SnapshotStage) {
            readLog(snapshots.breakOff());
        } else {
            reader().select(other);
        }
        listener.reset(ResetReason.ACCESS, position());
    }

    /** Begins to read values that are due, or ends that. */
    private void showValues() {
        if (inValues() && !reader().behind()) {
            leaveValues();
            inView.told();
            listener.valuesEnded();
        }
        if (stage instanceof LogStage log && inView.due() && reader().pastFloors()) {
            LogReader values = inView.values(reader(), following.selection());
            if (values == null) {
                wantSnapshot();
                showWanted(); // or at the next look, if the log outran this one
            } else {
                stage = new ValuesStage(values, log);
            }
        }
        stage.show(inView.view());
    }

    private void leaveValues() {
        stage = stage.interrupted();
    }

    /** Reads the next rows, or none if the selection wants none of the rows at this look. */
    private void readOn() {
        LogReader next = snapshots.next(following.selection());
        if (next != null) {
            stage = new SnapshotStage(next);
        } else if (snapshots.due()) {
            readLog(snapshots.breakOff());
        } else {
            readLog(snapshots.finish());
            listener.snapshotEnded(stage.position());
        }
    }

    private void readLog(Cursor cursor) {
        snapshots.leave();
        stage = wayBack.log(cursor, PositionVector.ORIGIN);
    }

    /** Handles a reader that has lost its place in the log; returns false if the session must be closed. */
    private boolean findsBack() {
        following.leaveWalk();
        Stage next = wayBack.lost(stage.position(), () -> snapshot() ? stage : null);
        if (next != null) {
            stage = next;
            goOn();
        }
        return next != null;
    }

    private Stage startOver(ChannelLog log, ResetReason reason) {
        playNoMore();
        wayBack.home(log);
        live.beginAt(log);
        inView.told();
        readLog(Cursor.before(log, log.start()));
        listener.reset(reason, stage.position());
        if (channel.policy().keepsState()) {
            snapshot();
        }
        return stage;
    }
}
