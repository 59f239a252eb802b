package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.TimeOrder;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryReader;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the source for the requests of one channel. Used by one thread at a time. */
final class ReplayReader {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");
    private static final int LOOKUPS_PER_TURN = 16;
    /** A fetch brings one partition after the other, so each may have to be read. */
    private static final int MOST_FETCHES = 8;

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final String channel;
    private final EventSource source;
    private final LineEncoder encoder;
    private final ReplayQueue queue;
    private final HostServices services;
    private final long pieceBytes;
    private final RateLimitedLog retries;

    ReplayReader(
            String channel,
            EventSource source,
            Encoding encoding,
            ReplayQueue queue,
            long pieceBytes,
            HostServices services) {
        this.channel = channel;
        this.source = source;
        this.encoder = encoding.encoder(channel);
        this.queue = queue;
        this.services = services;
        this.pieceBytes = pieceBytes;
        this.retries = new RateLimitedLog(LOG, services.nanoTime());
    }

    ReplayQueue queue() {
        return queue;
    }

    HistoryReader open() {
        return source.history(services);
    }

    /** Looks up a few places, then reads a piece, and reports its size to {@code rate}. */
    void readNext(HistoryReader history, ReplayTurns.Rate rate) throws InterruptedException {
        try {
            ReplayRequest lookup = queue.lookup();
            for (int times = 1; lookup != null; times++) {
                find(history, lookup);
                lookup = times < LOOKUPS_PER_TURN ? queue.lookup() : null;
            }
            ReplayTurn turn = queue.turn();
            if (turn == null || served(history, turn, rate)) {
                queue.wentWell();
            } else {
                queue.pause();
            }
        } catch (RetriableDecodeException e) {
            retries.warn("Channel '" + channel + "' waits during a replay: a record cannot be decoded now", e);
            queue.pause();
        } catch (HistoryException e) {
            LOG.debug("Channel '{}' cannot be replayed now", channel, e);
            queue.pause();
        }
    }

    private void find(HistoryReader history, ReplayRequest request) throws HistoryException, InterruptedException {
        ReplayQuestion question = request.question();
        PositionVector place = question.kind() == ReplayKind.TIME
                ? history.firstSince(question.detail(), question.from())
                : history.beginning(question.from(), (int) question.detail());
        services.telemetry().add(Meter.REPLAY_TIMES, channel, 1);
        queue.found(request, place);
    }

    /**
     * Reads a piece.
     *
     * @return false if it serves no request
     */
    private boolean served(HistoryReader history, ReplayTurn turn, ReplayTurns.Rate rate)
            throws HistoryException, InterruptedException {
        try {
            Piece piece = read(history, turn);
            rate.took(Math.max(piece.read(), piece.bytes()) / queue.crowd());
            return queue.served(piece, turn.head());
        } catch (HistoryException e) {
            if (e.reason() == HistoryException.Reason.TRUNCATED && turn.alone()) {
                queue.gone(turn.head(), new ReplayAnswer.Gone(ResetReason.TRUNCATED));
                return true;
            }
            throw e;
        }
    }

    private Piece read(HistoryReader history, ReplayTurn turn) throws HistoryException, InterruptedException {
        ChannelLog live = turn.log();
        PositionVector begin = turn.from().withoutEpochs();
        boolean paced = turn.isPaced();
        PieceWriter writer = new PieceWriter(channel, encoder, live, begin, turn.bytes());
        PositionVector end =
                paced ? readInOrder(history, turn, writer) : history.read(turn.start(), turn.goal(), LONGEST, writer);
        boolean last = turn.toMemory() && end.reaches(turn.goal());
        Piece piece = writer.finished(live.id(), begin, end, paced || begin.partitions() <= 1, last);
        Telemetry telemetry = services.telemetry();
        telemetry.add(Meter.REPLAY_PIECES, channel, 1);
        telemetry.add(Meter.REPLAY_RECORDS, channel, piece.records());
        telemetry.add(Meter.REPLAY_BYTES, channel, piece.read());
        return piece;
    }

    /** Reads a piece with its partitions in order of time, so that a replay at a pace shows them side by side. */
    private PositionVector readInOrder(HistoryReader history, ReplayTurn turn, PieceWriter writer)
            throws HistoryException, InterruptedException {
        PositionVector goal = turn.goal();
        long most = pieceBytes * Math.max(1, Math.min(MOST_FETCHES, goal.partitions()));
        TimeOrder order = new TimeOrder(turn.from(), goal, services.clock().millis(), turn.bytes(), most);
        return order.passTo(writer, history.read(turn.start(), goal, LONGEST, order));
    }
}
