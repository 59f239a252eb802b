package io.laundrybridge.session.frame;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The compressed frames of an endpoint, made once for all sessions. A session at a place at which another one has
 * compressed takes that frame, even if the log has moved on. Bounded; the oldest goes first. Thread-safe.
 */
public final class CompressedFrameCache {
    /** The memory of a frame beyond its bytes, by estimate. */
    private static final int OVERHEAD_BYTES = 192;

    private final long limit;
    private final Telemetry telemetry;

    // Guarded by this.
    private final Map<Place, CompressedFrame> kept = new LinkedHashMap<>();
    private long held;

    /** The beginning of a run. Numbers, so that no log is kept for its frames. */
    private record Place(long log, long first) {}

    public CompressedFrameCache(long limit, Telemetry telemetry) {
        this.limit = limit;
        this.telemetry = telemetry;
    }

    /** Returns {@code run} of {@code log} compressed, or another run that begins at the same place. */
    CompressedFrame share(String channel, ChannelLog log, Run run, RunDeflater deflater) {
        Place place = new Place(log.id(), run.first());
        CompressedFrame shared = at(place, run);
        if (shared.make(deflater)) {
            telemetry.add(Meter.COMPRESSED, channel, 1);
            hold(place, shared);
        } else {
            countShared(channel);
        }
        return shared;
    }

    /** Counts a session that takes a frame compressed for another. */
    void countShared(String channel) {
        telemetry.add(Meter.COMPRESSED_SHARED, channel, 1);
    }

    /** Drops all frames. */
    public synchronized void clear() {
        kept.clear();
        hold(-held);
    }

    private synchronized CompressedFrame at(Place place, Run run) {
        return kept.computeIfAbsent(place, any -> new CompressedFrame(run));
    }

    private synchronized void hold(Place place, CompressedFrame made) {
        if (kept.get(place) == made) {
            hold(size(made));
        }
        for (Iterator<CompressedFrame> oldest = kept.values().iterator(); held > limit && oldest.hasNext(); ) {
            CompressedFrame gone = oldest.next();
            if (gone.made()) {
                oldest.remove();
                hold(-size(gone));
            }
        }
    }

    private void hold(long bytes) {
        held += bytes;
        telemetry.add(Meter.COMPRESSED_HELD, "", bytes);
    }

    private static long size(CompressedFrame run) {
        return OVERHEAD_BYTES + (long) run.length();
    }
}
