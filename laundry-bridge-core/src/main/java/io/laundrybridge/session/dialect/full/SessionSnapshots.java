package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.latest.LatestImage;
import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.feed.SnapshotTurns;
import io.laundrybridge.session.start.StartPlace;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often one session may get the state of each channel, over all its subscriptions. Confined to its worker.
 */
final class SessionSnapshots {
    private final EndpointContext context;
    private final Map<String, SnapshotTurns> turns = new HashMap<>();

    SessionSnapshots(EndpointContext context) {
        this.context = context;
    }

    SnapshotTurns of(Channel channel) {
        return turns.computeIfAbsent(
                channel.name(), any -> new SnapshotTurns(context.limits().snapshots()));
    }

    /**
     * Lets {@code start} begin if it is unknown yet, needs no state, or if the session has a turn.
     *
     * @throws RefusedLineException with code {@code busy} if it has none
     */
    void check(Channel channel, @Nullable StartPlace start) {
        LatestImage image = start == null ? null : start.image();
        long wait = image == null ? 0 : of(channel).until(context.nanoTime(), image.bytes());
        if (wait > 0) {
            context.services().telemetry().add(Meter.SNAPSHOTS_DELAYED, channel.name(), 1);
            throw new RefusedLineException(
                    ErrorCode.BUSY,
                    "a session may begin " + context.limits().snapshots().perMinute()
                            + " snapshots of a channel per minute; try again in "
                            + (1 + wait / 1_000_000_000) + " s");
        }
    }
}
