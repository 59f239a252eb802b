package io.laundrybridge.channel;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;

/** Counts the events of one channel in its meters. Confined to the source's thread. */
final class ChannelMeters {
    private final String channel;
    private final Telemetry telemetry;
    private MemoryUse reported = MemoryUse.NONE;

    ChannelMeters(String channel, Telemetry telemetry) {
        this.channel = channel;
        this.telemetry = telemetry;
    }

    /** Reports every counter of the channel once, so that monitoring sees its first increase. */
    void begin() {
        for (Meter meter : Meter.values()) {
            if (meter.tag() == Meter.Tag.CHANNEL && meter.kind() == Meter.Kind.COUNTER) {
                telemetry.add(meter, channel, 0);
            }
        }
    }

    void count(Meter meter, long amount) {
        if (amount != 0) {
            telemetry.add(meter, meter.tag() == Meter.Tag.CHANNEL ? channel : "", amount);
        }
    }

    /** Reports {@code now} as the channel's memory; the meters get the changes. */
    void report(MemoryUse now) {
        count(Meter.LOG_BYTES, now.logBytes() - reported.logBytes());
        count(Meter.LOG_EVICTED, now.evicted() - reported.evicted());
        count(Meter.STATE_KEYS, now.keys() - reported.keys());
        count(Meter.STATE_BYTES, now.stateBytes() - reported.stateBytes());
        count(Meter.SNAPSHOT_BYTES, now.imageBytes() - reported.imageBytes());
        count(Meter.SNAPSHOTS_LOST, now.imagesLost() - reported.imagesLost());
        reported = now;
    }

    /** Begins another epoch, or ends. The next report has evicted nothing yet. */
    void newLife() {
        reported = reported.ofNextLife();
    }
}
