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
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.start.ReadingSession;
import java.util.function.Function;

/**
 * The way of a feed back into the channel's log from a place that the log no longer holds: replayed pieces, one after
 * the other, then the log. What is out of reach is told as a gap. Confined to the feed's worker.
 */
final class WayBack {
    private final Channel channel;
    private final ReadingSession session;
    private final Following following;
    private final FeedListener listener;
    private ChannelLog home;
    private CatchUp catchUp;

    /**
     * The way into {@code home}; {@code kind} says whether the client resumes, and so goes first, or begins in the
     * past.
     */
    WayBack(
            Channel channel,
            ReadingSession session,
            Following following,
            FeedListener listener,
            ChannelLog home,
            ReplayKind kind) {
        this.channel = channel;
        this.session = session;
        this.following = following;
        this.listener = listener;
        this.home = home;
        this.catchUp = new CatchUp(channel, session, kind, home);
    }

    /** Returns the log that the way ends in. */
    ChannelLog home() {
        return home;
    }

    /** Leads into {@code log} from now on. */
    void home(ChannelLog log) {
        close();
        home = log;
    }

    /** Reads the log from {@code cursor} on, without what is below {@code floors}. */
    LogStage log(Cursor cursor, PositionVector floors) {
        catchUp = new CatchUp(channel, session, ReplayKind.RESUME, home);
        return new LogStage(reader(cursor, floors));
    }

    /** Waits at {@code place}, or as far behind the log as the channel's budget reaches. */
    WaitingStage from(PositionVector place) {
        PositionVector memory = Cursor.before(home, home.start()).position();
        PositionVector reach = channel.policy().replay().reach(place, memory);
        Gap.between(place, reach, GapReason.LIMIT).forEach(listener::gap);
        return new WaitingStage(reach);
    }

    /** Goes on at the oldest entry of the log; what is missing until there is a gap. */
    LogStage skip(PositionVector place, GapReason reason) {
        Cursor oldest = Cursor.before(home, home.start());
        Gap.between(place, oldest.position(), reason).forEach(listener::gap);
        return log(oldest, place);
    }

    /**
     * Returns what follows {@code waiting}; itself as long as something has to be waited for.
     *
     * @param startOver what follows if the stream has nothing from there on
     */
    Stage step(WaitingStage waiting, Function<ResetReason, Stage> startOver) {
        PositionVector at = waiting.position();
        Cursor place = Cursor.before(home, home.indexFor(at));
        if (at.reaches(place.position())) {
            // what this node has not reached yet, the channel's next change brings
            return home.progress().reaches(at) ? log(place, at) : waiting;
        }
        if (catchUp.overBudget()) {
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
            return new WaitingStage(at); // let go meanwhile: it is asked for again
        }
        return reader.behind() ? new PieceStage(reader, catchUp) : new WaitingStage(reader.position());
    }

    private LogReader reader(Cursor cursor, PositionVector floors) {
        return new LogReader(cursor, floors, following.selection());
    }

    void close() {
        catchUp.close();
    }
}
