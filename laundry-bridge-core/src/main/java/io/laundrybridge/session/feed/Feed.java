package io.laundrybridge.session.feed;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.channel.replay.ReplayAnswer;
import io.laundrybridge.channel.replay.ReplayRequest;
import io.laundrybridge.channel.state.StateImage;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.start.ReadingSession;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.source.StreamStart;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription reads, one after the other and without a seam: an image of the state, pieces of the stream that
 * have left the channel's memory, and the channel's log. Confined to its session's worker.
 */
public final class Feed {
    /** What is read while nothing is read: a reader of the channel's log would keep a part of it. */
    private static final ChannelLog NOTHING = LogWriter.small(
                    new StreamStart("", PositionVector.ORIGIN, PositionVector.ORIGIN))
            .log();

    private final Channel channel;
    private final FeedListener listener;
    private final ReadingSession session;
    private final Following following;
    private Selection selection;
    private FeedStage stage = FeedStage.LOG;
    private ChannelLog home;
    private LogReader reader;
    private PositionVector at;
    private CatchUp catchUp;
    private final FeedSnapshots snapshots;
    private final VisibleKeys inView;
    private @Nullable LogReader afterValues;
    private boolean returning;
    private boolean newestOnly;

    /**
     * A feed that begins at {@code start}.
     *
     * @param following what wakes the session; closed along with this
     * @param turns when the session began snapshots of the channel
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
        this.session = session;
        this.snapshots = new FeedSnapshots(channel, session, turns);
        this.following = following;
        this.selection = following.selection();
        this.listener = listener;
        this.inView = inView;
        this.home = start.cursor().log();
        this.at = start.floors();
        this.catchUp = catchUp(start.resumes() ? ReplayRequest.Kind.RESUME : ReplayRequest.Kind.START);
        this.reader = new LogReader(start.cursor(), start.behind() ? PositionVector.ORIGIN : at, selection);
        this.stage = start.behind() ? FeedStage.WAITING : FeedStage.LOG;
        show(start);
    }

    /** The reader of what comes next. */
    public LogReader reader() {
        return reader;
    }

    /** The log that this feed ends in. */
    public ChannelLog home() {
        return home;
    }

    /** Whether the log itself is being read. */
    public boolean inLog() {
        return stage == FeedStage.LOG;
    }

    /** Whether what is read comes apart from the stream and moves nothing. */
    public boolean inValues() {
        return stage == FeedStage.VALUES;
    }

    /** Whether there is something to send, or to tell. */
    public boolean hasWork() {
        return returning || snapshots.due() || (stage == FeedStage.LOG ? reader.behind() : stage != FeedStage.WAITING);
    }

    /** Whether values of keys that came into view have yet to be read. */
    public boolean valuesDue() {
        return inView.due();
    }

    /** What comes next, as far as it lies in one piece. */
    public Run read(int maxBytes, int maxEntries) {
        return stage == FeedStage.WAITING ? reader.read(0, 0) : reader.read(maxBytes, maxEntries);
    }

    public void advance(Run run, long end) {
        if (stage == FeedStage.PIECE && end > run.first()) {
            catchUp.took(run.entry(end - 1).to() - run.entry(run.first()).from());
        }
        reader.advance(run, end);
    }

    public void select(Selection other) {
        leaveValues();
        selection = other;
        following.select(other);
        reader.select(other);
    }

    /** Shows only these keys; those that come into view get their newest value. */
    public void view(KeyView shown) {
        leaveValues();
        inView.change(shown);
    }

    /** Keeps the place and lets go of everything else; nothing is read until {@link #resume}. */
    public void pause() {
        catchUp.close();
        leaveValues();
        returning = false;
        if (stage == FeedStage.SNAPSHOT) {
            at = snapshots.breakOff().position();
        } else if (stage != FeedStage.WAITING) {
            reader.settle();
            at = reader.position();
        }
        stage = FeedStage.WAITING;
        reader = new LogReader(Cursor.before(NOTHING, 0), PositionVector.ORIGIN, selection);
    }

    /**
     * Goes on from the place, at the next look.
     *
     * @param latest whether of what has come meanwhile, as far as the log has it, the newest event of each key is enough
     */
    public void resume(boolean latest) {
        returning = true;
        newestOnly = latest;
    }

    /** Whether a snapshot is to begin, or to begin anew. */
    public boolean imageDue() {
        return snapshots.due() || snapshots.wanted();
    }

    /** Lets go of a snapshot that the client has not read on for too long: it gets a new one before anything else. */
    public void expire(long now) {
        if (snapshots.expires(now)) {
            readLog(snapshots.breakOff(), PositionVector.ORIGIN);
        }
    }

    /** Shows the newest value of every key as soon as a snapshot may begin; the stream goes on until then. */
    public void wantSnapshot() {
        leaveValues();
        snapshots.want();
    }

    /** Everything before this has been handled. */
    public PositionVector position() {
        if (stage == FeedStage.VALUES) {
            return Objects.requireNonNull(afterValues).position();
        }
        return stage == FeedStage.WAITING ? at : reader.position();
    }

    /** Follows what became of the channel, and goes on to what comes next. False if the session must go. */
    public boolean refresh() {
        ChannelState state = channel.state();
        ChannelLog log = state.log();
        if (log != null && log != home) {
            startOver(log, Objects.requireNonNullElse(state.reset(), ResetReason.EPOCH));
        } else if (returning) {
            comeBack();
        }
        returning = false;
        if (stage == FeedStage.SNAPSHOT && !reader.behind()) {
            readOn();
        }
        if (stage == FeedStage.PIECE && (!reader.behind() || reader.lost())) {
            at = reader.position();
            stage = FeedStage.WAITING;
        }
        goOn();
        following.follow(stage == FeedStage.LOG ? reader : null);
        boolean holds = stage != FeedStage.LOG || !reader.lost() || fellBehind();
        if (!holds || (snapshots.due() && !snapshot())) {
            return false;
        }
        showWanted();
        showValues();
        return true;
    }

    private void showWanted() {
        if (snapshots.takeTurn()) {
            snapshot();
        }
    }

    /** Begins to read values that are due, or ends it. */
    private void showValues() {
        if (stage == FeedStage.VALUES && !reader.behind()) {
            leaveValues();
            inView.told();
            listener.valuesEnded();
        }
        if (stage == FeedStage.LOG && inView.due() && reader.pastFloors()) {
            LogReader values = inView.values(reader, selection);
            if (values == null) {
                wantSnapshot();
                showWanted(); // or at the next look, where the log outran this one
            } else {
                afterValues = reader;
                reader = values;
                stage = FeedStage.VALUES;
            }
        }
        if (stage == FeedStage.VALUES && reader.lost()) {
            reader.skipLost();
        } else if (stage != FeedStage.VALUES) {
            reader.view(inView.view());
        }
    }

    private void leaveValues() {
        if (stage == FeedStage.VALUES) {
            reader = Objects.requireNonNull(afterValues);
            stage = FeedStage.LOG;
        }
    }

    /** Shows the newest value of every key, then goes on; false if the channel has no image to show. */
    boolean snapshot() {
        leaveValues();
        StartPlace start = StartPlace.snapshot(channel.state(), seen());
        if (start == null) {
            return false;
        }
        if (start.cursor().log() != home) {
            return true; // of a life that the next look begins with a reset
        }
        catchUp.close();
        show(start);
        return true;
    }

    /** An index of the log up to which the client knows it at most. */
    private long seen() {
        if (stage == FeedStage.LOG) {
            return reader.seen();
        }
        Cursor after = snapshots.after();
        return after == null ? home.indexPast(position()) : after.next();
    }

    public void close() {
        catchUp.close();
        snapshots.leave();
        following.close();
    }

    private void show(StartPlace start) {
        StateImage image = start.image();
        if (image == null) {
            return;
        }
        inView.told();
        listener.snapshotBegins();
        snapshots.begin(image, start.cursor());
        stage = FeedStage.SNAPSHOT;
        readOn();
    }

    /** The next rows; none if the selection wants none of those that were looked at. */
    private void readOn() {
        LogReader next = snapshots.next(selection);
        if (next != null) {
            reader = next;
        } else if (snapshots.due()) {
            readLog(snapshots.breakOff(), PositionVector.ORIGIN);
        } else {
            readLog(snapshots.end(), PositionVector.ORIGIN);
            listener.snapshotEnded(reader.position());
        }
    }

    private void readLog(Cursor cursor, PositionVector floors) {
        snapshots.leave();
        reader = new LogReader(cursor, floors, selection);
        stage = FeedStage.LOG;
        catchUp = catchUp(ReplayRequest.Kind.RESUME);
    }

    private CatchUp catchUp(ReplayRequest.Kind kind) {
        return new CatchUp(channel, session, kind, home);
    }

    /** Goes on where the page was hidden: a page that was away is no slow reader, whatever the policy for these. */
    private void comeBack() {
        boolean held = at.reaches(Cursor.before(home, home.start()).position());
        if (!held && (!channel.policy().keepsState() || !snapshot())) {
            beginCatchUp();
        }
        goOn();
        if (newestOnly && stage == FeedStage.LOG) {
            reader.beginPass();
        }
    }

    /** Back towards the log, as far as it goes without waiting. */
    private void goOn() {
        boolean more = true;
        while (stage == FeedStage.WAITING && more) {
            more = stepsOn();
        }
    }

    /** One step back towards the log; false if something has to be waited for. */
    private boolean stepsOn() {
        Cursor place = Cursor.before(home, home.indexFor(at));
        if (at.reaches(place.position())) {
            if (home.progress().reaches(at)) {
                readLog(place, at);
            }
            return false; // what this node has not reached yet, the channel's next change brings
        }
        if (catchUp.overBudget()) {
            skipTo(Cursor.before(home, home.start()), GapReason.LIMIT);
            return false;
        }
        ReplayAnswer answer = catchUp.answer(at);
        if (answer instanceof ReplayAnswer.Gone gone) {
            startOver(home, gone.reason());
        } else if (answer instanceof ReplayAnswer.Piece piece) {
            read(piece.log());
        }
        return answer != null && stage == FeedStage.WAITING;
    }

    private void read(ChannelLog piece) {
        LogReader found = new LogReader(Cursor.before(piece, 0), at, selection);
        if (piece.start() == 0) { // else it was let go meanwhile, and is asked for again
            reader = found;
            stage = found.behind() ? FeedStage.PIECE : stage;
            at = found.behind() ? at : found.position();
        }
    }

    private boolean fellBehind() {
        channel.services().telemetry().add(Meter.FELL_BEHIND, channel.name(), 1);
        FallBehind policy = channel.policy().fallBehind();
        at = reader.position();
        following.leaveWalk();
        if (policy == FallBehind.DISCONNECT) {
            return false;
        }
        if (policy == FallBehind.CATCH_UP) {
            beginCatchUp();
        } else if (policy == FallBehind.SKIP || !snapshot()) {
            skipTo(Cursor.before(home, home.start()), GapReason.OVERFLOW);
        }
        return true;
    }

    private void beginCatchUp() {
        PositionVector memory = Cursor.before(home, home.start()).position();
        PositionVector reachable = channel.policy().replay().reach(at, memory);
        Gap.between(at, reachable, GapReason.LIMIT).forEach(listener::gap);
        at = reachable;
        stage = FeedStage.WAITING;
        goOn();
    }

    private void skipTo(Cursor place, GapReason reason) {
        Gap.between(at, place.position(), reason).forEach(listener::gap);
        readLog(place, at);
    }

    private void startOver(ChannelLog log, ResetReason reason) {
        catchUp.close();
        home = log;
        inView.told();
        readLog(Cursor.before(log, log.start()), PositionVector.ORIGIN);
        listener.reset(reason, reader.position());
        if (channel.policy().keepsState()) {
            snapshot();
        }
    }
}
