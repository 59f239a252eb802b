package io.laundrybridge.channel;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;

/**
 * Counts what a variant of a channel receives and keeps under {@code channel/variant}. So a channel's own meters do not
 * count a record once per variant. No channel's name has a slash.
 */
public record VariantTelemetry(Telemetry receiver, String label) implements Telemetry {

    /** Returns {@code services} for the variant {@code name} of {@code channel}. */
    public static HostServices services(HostServices services, String channel, String name) {
        return services.withTelemetry(new VariantTelemetry(services.telemetry(), channel + "/" + name));
    }

    @Override
    public void add(Meter meter, String channel, long amount) {
        receiver.add(meter, channel.isEmpty() ? channel : label, amount);
    }
}
