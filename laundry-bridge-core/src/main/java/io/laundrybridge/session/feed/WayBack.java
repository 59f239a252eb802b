package io.laundrybridge.session.feed;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.replay.ReplayAnswer;
import io.laundrybridge.channel.replay.ReplayKind;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.start.ReadingSession;
import io.laundrybridge.session.start.StartPlace;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leads a feed back into the channel's log from a place that the log no longer has. The feed reads replayed pieces, one
 * after the other, then the log. It reports a gap for everything out of reach. Confined to the feed's worker.
 */
final class WayBack {
    private final Channel channel;
    private final ReadingSession session;
    private final Following following;
    private final FeedListener listener;
    private ChannelLog home;
    private CatchUp catchUp;
    private boolean plays;
    private boolean asValues;
    private @Nullable PositionVector end;

    /** Leads from {@code start} into its log. A client that resumes goes first. */
    WayBack(Channel channel, ReadingSession session, Following following, FeedListener listener, StartPlace start) {
        this.channel = channel;
        this.session = session;
        this.following = following;
        this.listener = listener;
        this.home = start.cursor().log();
        this.catchUp = new CatchUp(channel, session, start.resumes() ? ReplayKind.RESUME : ReplayKind.START, home);
    }

    /**
     * Plays the past from now on, up to {@code end}, or to live if that is null: no budget bounds the way.
     *
     * @param values whether the events come as values, apart from the stream
     */
    void play(@Nullable PositionVector end, boolean values) {
        this.asValues = values;
        this.plays = true;
        this.end = end;
        goBy(values ? ReplayKind.START : ReplayKind.PACED);
    }

    /** Leads to live, as fast as possible and within the channel's budget. */
    void playNoMore() {
        this.plays = false;
        this.asValues = false;
        this.end = null;
        goBy(ReplayKind.RESUME);
    }

    private void goBy(ReplayKind kind) {
        close();
        catchUp = new CatchUp(channel, session, kind, home);
    }

    /** Returns whether the past is played. */
    boolean plays() {
        return plays;
    }

    boolean asValues() {
        return asValues;
    }

    /** Returns the first stage, which reads from {@code start} or waits there. */
    Stage first(StartPlace start) {
        return start.behind() ? new WaitingStage(start.floors()) : new LogStage(reader(start.cursor(), start.floors()));
    }

    /** Returns the log at the end of the way. */
    ChannelLog home() {
        return home;
    }

    /** Leads into {@code log} from now on. */
    void home(ChannelLog log) {
        close();
        home = log;
    }

    /** Reads the log from {@code cursor} on, without entries below {@code floors}. */
    LogStage log(Cursor cursor, PositionVector floors) {
        goBy(plays ? ReplayKind.PACED : ReplayKind.RESUME);
        return new LogStage(reader(cursor, floors));
    }

    /** Waits at {@code place}, or as far back as the channel's budget reaches. */
    WaitingStage from(PositionVector place) {
        if (plays) {
            return new WaitingStage(place);
        }
        PositionVector memory = Cursor.before(home, home.start()).position();
        PositionVector reach = channel.policy().replay().reach(place, memory);
        Gap.between(place, reach, GapReason.LIMIT).forEach(listener::gap);
        return new WaitingStage(reach);
    }

    /**
     * Returns the next stage of a reader that has lost its place in the log; null if the session must be closed.
     *
     * @param snapshot begins a snapshot, and returns its stage; null if there is none
     */
    @Nullable Stage lost(PositionVector at, Supplier<@Nullable Stage> snapshot) {
        if (plays) {
            return from(at);
        }
        channel.services().telemetry().add(Meter.FELL_BEHIND, channel.name(), 1);
        FallBehind policy = channel.policy().fallBehind();
        if (policy == FallBehind.DISCONNECT) {
            return null;
        }
        if (policy == FallBehind.CATCH_UP) {
            return from(at);
        }
        Stage values = policy == FallBehind.SKIP ? null : snapshot.get();
        return values == null ? skip(at, GapReason.OVERFLOW) : values;
    }

    /** Continues at the oldest entry of the log, after a gap for everything before it. */
    LogStage skip(PositionVector place, GapReason reason) {
        Cursor oldest = Cursor.before(home, home.start());
        Gap.between(place, oldest.position(), reason).forEach(listener::gap);
        return log(oldest, place);
    }

    /**
     * Moves from {@code stage} towards the log, as far as possible without waiting.
     *
     * @param startOver the next stage if the stream has nothing from there on
     */
    Stage goOn(Stage stage, Function<ResetReason, Stage> startOver) {
        Stage at = stage;
        Stage before = null;
        while (at instanceof WaitingStage waiting && at != before) {
            before = at;
            at = step(waiting, startOver);
        }
        return at;
    }

    /**
     * Returns the stage after {@code waiting}, or {@code waiting} itself as long as it must wait.
     *
     * @param startOver the next stage if the stream has nothing from there on
     */
    private Stage step(WaitingStage waiting, Function<ResetReason, Stage> startOver) {
        PositionVector at = waiting.position();
        Cursor place = Cursor.before(home, home.indexFor(at));
        if (at.reaches(place.position())) {
            // a place that this node has not reached comes with the channel's next change
            return home.progress().reaches(at) ? log(place, at) : waiting;
        }
        if (!plays && catchUp.overBudget()) {
            return skip(at, GapReason.LIMIT);
        }
        ReplayAnswer answer = catchUp.answer(at);
        if (answer instanceof ReplayAnswer.Gone gone) {
            return startOver.apply(gone.reason());
        }
        return answer instanceof ReplayAnswer.Piece piece ? piece(piece.log(), at) : waiting;
    }

    private Stage piece(ChannelLog piece, PositionVector at) {
        LogReader reader = reader(Cursor.before(piece, 0), at);
        if (piece.start() != 0) {
            return new WaitingStage(at); // dropped meanwhile: ask for it again
        }
        return reader.behind() ? new PieceStage(reader, catchUp) : new WaitingStage(reader.position());
    }

    private LogReader reader(Cursor cursor, PositionVector floors) {
        LogReader reader = new LogReader(cursor, floors, following.selection());
        reader.endBefore(end);
        return reader;
    }

    void close() {
        catchUp.close();
    }
}
