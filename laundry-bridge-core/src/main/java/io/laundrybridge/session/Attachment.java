package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelListener;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.function.LongSupplier;

/** A channel that is attached to an endpoint: what is called when it changes, and its gauge. */
record Attachment(Channel channel, ChannelListener listener, Runnable gauge) {

    /** Attaches {@code channel}; {@code lag} computes how far its slowest session is behind. */
    static Attachment of(Channel channel, ChannelListener listener, Telemetry telemetry, LongSupplier lag) {
        Runnable gauge = telemetry.observe(Meter.LAG, channel.name(), lag);
        channel.listen(listener);
        return new Attachment(channel, listener, gauge);
    }

    /** Ends the calls. Idempotent. */
    void end() {
        gauge.run();
        channel.unlisten(listener);
    }
}
