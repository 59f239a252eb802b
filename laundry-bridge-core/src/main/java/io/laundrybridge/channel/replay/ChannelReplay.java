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
import io.laundrybridge.host.Telemetry;
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
    private static final int LOOKUPS_A_TURN = 16;
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
        this.queue = new ReplayQueue(
                channel,
                replays.limits(),
                replays.services().telemetry(),
                replays.services().nanoTime());
    }

    /**
     * Asks for what lies at {@code from}, which {@code log} no longer reaches. Returns at once.
     *
     * @param account what the session has had of reading again
     * @param kind {@link ReplayRequest.Kind#RESUME} or {@link ReplayRequest.Kind#START}
     * @param log the channel's log; pieces are of the same life of the stream
     * @param from where to read; a record whose leader epoch contradicts it makes the answer {@link ReplayAnswer.Gone}
     * @param answered run once when the answer comes, on any thread, but not if it is there at once; must not block
     */
    public ReplayRequest ask(
            ReplayAccount account, ReplayRequest.Kind kind, ChannelLog log, PositionVector from, Runnable answered) {
        return ask(new ReplayRequest(this, account, kind, log, from, 0, answered));
    }

    /**
     * Asks where in the stream a time lies; the answer is a {@link ReplayAnswer.Place}. Returns at once.
     *
     * @param log the channel's log; partitions without a record stamped then or later stand where it stands now
     * @param since milliseconds since 1970, not negative
     * @param answered run once when the answer comes, on any thread, but not if it is there at once; must not block
     */
    public ReplayRequest askForTime(ReplayAccount account, ChannelLog log, long since, Runnable answered) {
        return ask(new ReplayRequest(this, account, ReplayRequest.Kind.TIME, log, log.progress(), since, answered));
    }

    /**
     * Asks where the stream begins now; the answer is a {@link ReplayAnswer.Place} that names each of its partitions. Returns
     * at once.
     *
     * @param partitions how many partitions the asker has reason to expect
     * @param answered run once when the answer comes, on any thread, but not if it is there at once; must not block
     */
    public ReplayRequest askForBeginning(ReplayAccount account, ChannelLog log, int partitions, Runnable answered) {
        return ask(new ReplayRequest(
                this, account, ReplayRequest.Kind.BEGINNING, log, log.progress(), partitions, answered));
    }

    private ReplayRequest ask(ReplayRequest request) {
        if (queue.add(request)) {
            replays.wanted();
        }
        return request;
    }

    /** The channel starts over with another log: what was read of the life before is let go. Any thread. */
    public void startOver() {
        replays.letGoPieces(this);
        queue.forgetPlaces();
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

    /** Looks up a few places, then reads a piece. By one thread at a time. */
    void readNext(HistoryReader reader) throws InterruptedException {
        try {
            ReplayRequest lookup = queue.lookup();
            for (int times = 1; lookup != null; times++) {
                find(reader, lookup);
                lookup = times < LOOKUPS_A_TURN ? queue.lookup() : null;
            }
            ReplayQueue.Turn turn = queue.turn(pause > FIRST_PAUSE_NANOS);
            if (turn == null || served(reader, turn)) {
                pause = FIRST_PAUSE_NANOS;
            } else {
                rest();
            }
        } catch (RetriableDecodeException e) {
            retries.warn("Channel '" + channel + "' waits as it reads again: a record cannot be decoded now", e);
            rest();
        } catch (HistoryException e) {
            rest(e);
        }
    }

    private boolean served(HistoryReader reader, ReplayQueue.Turn turn) throws HistoryException, InterruptedException {
        try {
            return read(reader, turn);
        } catch (HistoryException e) {
            if (e.reason() == HistoryException.Reason.TRUNCATED && turn.alone()) {
                queue.gone(turn.head(), new ReplayAnswer.Gone(ResetReason.TRUNCATED));
                return true;
            }
            throw e;
        }
    }

    private void find(HistoryReader reader, ReplayRequest request) throws HistoryException, InterruptedException {
        PositionVector place = request.kind() == ReplayRequest.Kind.TIME
                ? reader.firstSince(request.detail(), request.from())
                : reader.beginning(request.from(), (int) request.detail());
        replays.services().telemetry().add(Meter.REPLAY_TIMES, channel, 1);
        queue.found(request, place);
    }

    /** Reads a piece; false if it serves nobody. */
    private boolean read(HistoryReader reader, ReplayQueue.Turn turn) throws HistoryException, InterruptedException {
        ChannelLog live = turn.head().log();
        PositionVector begin = turn.from().withoutEpochs();
        PieceWriter writer =
                new PieceWriter(channel, encoder, live, begin, replays.limits().pieceBytes());
        PositionVector from = seen(turn.from(), live.progress());
        PositionVector end = reader.read(from, goal(live), LONGEST, writer);
        Piece piece = writer.finished(live.id(), begin, end);
        Telemetry telemetry = replays.services().telemetry();
        telemetry.add(Meter.REPLAY_PIECES, channel, 1);
        telemetry.add(Meter.REPLAY_RECORDS, channel, piece.records());
        telemetry.add(Meter.REPLAY_BYTES, channel, piece.read());
        replays.pace(Math.max(piece.read(), piece.bytes()));
        boolean served = queue.served(piece, turn.head());
        if (served) {
            replays.keep(this, piece);
        }
        return served;
    }

    /**
     * {@code from} without the leader epochs that this node's own reader has not seen or passed: forged ones would make
     * Kafka's client wait for a leader that does not exist. What is read tells whether they are true.
     */
    private static PositionVector seen(PositionVector from, PositionVector progress) {
        PositionVector seen = from;
        for (int p = 0; p < from.partitions(); p++) {
            if (from.epoch(p) > progress.epoch(p)) {
                seen = seen.with(p, from.next(p), PositionVector.NO_EPOCH);
            }
        }
        return seen;
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
