package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.RetriableDecodeException;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.RateLimitedLog;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryReader;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads parts of one channel again that have left its log. Sessions that stand near each other share what is read; a
 * session that wants more asks again, so everybody has a turn. Thread-safe.
 */
public final class ChannelReplay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");
    private static final int TIMES_A_TURN = 16;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final long FIRST_PAUSE_NANOS = 200_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L;

    private final String channel;
    private final EventSource source;
    private final LineEncoder encoder;
    private final Replays replays;
    private final ReplayQueue queue;
    private final RateLimitedLog retries;
    private long pause = FIRST_PAUSE_NANOS; // confined to the thread that reads

    ChannelReplay(String channel, EventSource source, Encoding encoding, Replays replays) {
        this.channel = channel;
        this.source = source;
        this.encoder = encoding.encoder(channel);
        this.replays = replays;
        this.retries = new RateLimitedLog(LOG, replays.services().nanoTime());
        this.queue = new ReplayQueue(channel, replays.services().telemetry());
    }

    /**
     * Asks for what lies at {@code from}, which {@code log} no longer reaches. Returns at once.
     *
     * <p>Leader epochs of {@code from} must have been seen by this node's own reader, or be lower.
     *
     * @param log the channel's log; pieces are of the same life of the stream
     * @param from where to read; a record whose leader epoch contradicts it makes the answer {@link ReplayAnswer.Gone}
     * @param answered run once when the answer comes, on any thread, but not if it is there at once; must not block
     */
    public ReplayRequest ask(ChannelLog log, PositionVector from, Runnable answered) {
        return ask(new ReplayRequest(this, log, from, ReplayRequest.NO_TIME, answered));
    }

    /**
     * Asks where in the stream a time lies; the answer is a {@link ReplayAnswer.Place}. Returns at once.
     *
     * @param log the channel's log; partitions without a record stamped then or later stand where it stands now
     * @param since milliseconds since 1970, not negative
     * @param answered run once when the answer comes, on any thread; must not block
     */
    public ReplayRequest askFor(ChannelLog log, long since, Runnable answered) {
        return ask(new ReplayRequest(this, log, log.progress(), since, answered));
    }

    private ReplayRequest ask(ReplayRequest request) {
        if (queue.add(request)) {
            replays.wanted();
        }
        return request;
    }

    /** Nobody asks any more: pieces are let go. */
    @Override
    public void close() {
        replays.letGo(this);
    }

    void cancel(ReplayRequest request) {
        queue.cancel(request);
    }

    ReplayQueue queue() {
        return queue;
    }

    HistoryReader openReader() {
        return source.history(replays.services());
    }

    /** Reads a piece, or finds a few times, for those who wait longest. By one thread at a time. */
    void readNext(HistoryReader reader) throws InterruptedException {
        boolean more = true;
        for (int times = 0; more && times < TIMES_A_TURN; times++) {
            ReplayQueue.Turn turn = queue.turn(pause > FIRST_PAUSE_NANOS);
            more = turn != null && served(reader, turn) && turn.head().asksForTime();
        }
    }

    private boolean served(HistoryReader reader, ReplayQueue.Turn turn) throws InterruptedException {
        try {
            if (turn.head().asksForTime()) {
                find(reader, turn.head());
            } else {
                read(reader, turn);
            }
            pause = FIRST_PAUSE_NANOS;
            return true;
        } catch (RetriableDecodeException e) {
            retries.warn("Channel '" + channel + "' waits as it reads again: a record cannot be decoded now", e);
            rest();
            return false;
        } catch (HistoryException e) {
            boolean gone = e.reason() == HistoryException.Reason.TRUNCATED;
            if (gone && turn.alone() && !turn.head().asksForTime()) {
                queue.answer(turn.head(), new ReplayAnswer.Gone(ResetReason.TRUNCATED));
            } else {
                rest(e);
            }
            return false;
        }
    }

    private void find(HistoryReader reader, ReplayRequest request) throws HistoryException, InterruptedException {
        PositionVector place = reader.firstSince(request.since(), request.from());
        replays.services().telemetry().add(Meter.REPLAY_TIMES, channel, 1);
        queue.answer(request, new ReplayAnswer.Place(place));
    }

    private void read(HistoryReader reader, ReplayQueue.Turn turn) throws HistoryException, InterruptedException {
        ChannelLog live = turn.head().log();
        PositionVector begin = turn.from().withoutEpochs();
        PieceWriter writer =
                new PieceWriter(channel, encoder, live, begin, replays.limits().pieceBytes());
        PositionVector end = reader.read(turn.from(), goal(live), LONGEST, writer);
        ChannelLog lines = writer.finished(end);
        Piece piece = new Piece(live, begin, lines, lines.heldBytes());
        replays.services().telemetry().add(Meter.REPLAY_PIECES, channel, 1);
        replays.services().telemetry().add(Meter.REPLAY_RECORDS, channel, writer.records());
        if (queue.served(piece)) {
            replays.keep(this, piece);
        } else {
            rest();
        }
    }

    /** Half way from the beginning of memory to its end: memory goes on while we read. */
    private static PositionVector goal(ChannelLog live) {
        PositionVector goal = Cursor.before(live, live.start()).position();
        PositionVector end = live.progress();
        for (int p = 0; p < end.partitions(); p++) {
            long next = goal.next(p);
            goal = goal.with(p, next + (end.next(p) - next + 1) / 2, PositionVector.NO_EPOCH);
        }
        return goal;
    }

    /** Something went wrong that nobody foresaw. */
    void failed() {
        rest();
    }

    private void rest(HistoryException cause) {
        LOG.debug("Channel '{}' cannot be read again now", channel, cause);
        rest();
    }

    private void rest() {
        queue.rest(replays.services().nanoTime().getAsLong() + pause);
        pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
    }
}
