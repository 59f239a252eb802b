package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.FallBehind;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.Position;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.ServerLine;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A full session's subscription to one channel: reads the log and keeps the control lines that belong into its order.
 * Confined to the session's worker.
 */
final class Subscription {
    /** Entries looked at in one turn, so that a selection that matches little does not hold the worker. */
    private static final int SCAN_A_TURN = 4_096;

    private static final long TOLD = -1;

    private final Channel channel;
    private final LogReader reader;
    private final Deque<byte[]> control = new ArrayDeque<>();
    private long liveAt;
    private @Nullable Instant toldStale;
    private String toldReason = "";
    private PositionVector toldPosition = PositionVector.ORIGIN;

    Subscription(Channel channel, long id, Start start, Selection selection) {
        this.channel = channel;
        this.reader = new LogReader(start, selection);
        this.liveAt = reader.log().head();
        control.add(ServerLine.subscribed(id, channel.name(), position(start.at()), start.recovered()));
        if (start.reset() != null) {
            control.add(ServerLine.reset(channel.name(), start.reset(), position(start.at())));
        }
        start.gaps().forEach(this::tell);
    }

    Channel channel() {
        return channel;
    }

    /** Changes what is selected; the place stays. */
    void select(long id, Selection selection) {
        reader.select(selection);
        liveAt = reader.log().head();
        control.add(ServerLine.subscribed(id, channel.name(), position(reader.position()), true));
    }

    /** Brings this up to what the channel is now. False if the session must be closed: it fell behind. */
    boolean refresh() {
        ChannelState state = channel.state();
        ChannelLog log = state.log();
        if (log != null && log != reader.log()) {
            restart(log, Objects.requireNonNullElse(state.reset(), ResetReason.EPOCH));
        }
        if (!Objects.equals(state.staleSince(), toldStale) || !state.reason().equals(toldReason)) {
            tellStatus(state);
        }
        return !reader.lost() || skip();
    }

    boolean hasWork() {
        return !control.isEmpty() || reader.behind() || liveAt != TOLD;
    }

    /** What lies ready to be sent as it is, without copying; null if anything else comes first. */
    @Nullable ByteBuffer slice(int maxBytes) {
        if (!control.isEmpty() || !reader.takesAll()) {
            return null;
        }
        Run run = reader.read(maxBytes, Integer.MAX_VALUE);
        if (run.isEmpty()) {
            return null;
        }
        reader.advance(run, run.end());
        liveOnceCaughtUp();
        return run.lines();
    }

    /** Adds up to {@code budget} bytes of lines to {@code frame}. */
    void fill(FrameBuffer frame, int budget) {
        int until = frame.room() - Math.min(frame.room(), budget);
        frame.addAll(control);
        int scanned = 0;
        while (scanned < SCAN_A_TURN && frame.room() > until && control.isEmpty()) {
            Run run = reader.read(Math.max(1, frame.room() - until), SCAN_A_TURN);
            if (run.isEmpty()) {
                break;
            }
            long end = add(run, frame);
            scanned += (int) (end - run.first());
            reader.advance(run, end);
            if (end < run.end()) {
                break;
            }
        }
        liveOnceCaughtUp();
        frame.addAll(control);
    }

    /** Notes where the client may stand, if it has not been told yet. */
    void bookmark() {
        PositionVector now = reader.position();
        if (liveAt == TOLD && !now.equals(toldPosition)) {
            control.add(ServerLine.bookmark(channel.name(), position(now)));
        }
    }

    private long add(Run run, FrameBuffer frame) {
        byte[] bytes = run.bytes();
        for (long at = run.first(); at < run.end(); at++) {
            LogEntry entry = run.entry(at);
            if (reader.wants(entry)) {
                if (!frame.takes(entry.to() - entry.from())) {
                    return at;
                }
                frame.add(bytes, entry.from(), entry.to());
            }
        }
        return run.end();
    }

    private void liveOnceCaughtUp() {
        if (liveAt != TOLD && reader.reached(liveAt)) {
            liveAt = TOLD;
            control.add(ServerLine.live(channel.name()));
        }
    }

    private void restart(ChannelLog log, ResetReason reason) {
        reader.restart(log);
        liveAt = log.head();
        control.add(ServerLine.reset(channel.name(), reason, position(reader.position())));
    }

    private boolean skip() {
        channel.services().telemetry().add(Meter.FELL_BEHIND, channel.name(), 1);
        if (channel.policy().fallBehind() == FallBehind.DISCONNECT) {
            return false;
        }
        reader.skipToStart().forEach(this::tell);
        return true;
    }

    private void tell(Gap gap) {
        control.add(ServerLine.gap(channel.name(), gap));
    }

    private void tellStatus(ChannelState state) {
        toldStale = state.staleSince();
        toldReason = state.reason();
        control.add(
                toldStale == null
                        ? ServerLine.fresh(channel.name())
                        : ServerLine.stale(channel.name(), toldStale, toldReason));
    }

    private Position position(PositionVector vector) {
        toldPosition = vector;
        return new Position(reader.log().epoch(), channel.services().clock().instant(), vector);
    }
}
