package io.laundrybridge.channel;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.function.LongSupplier;

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
    public void add(Meter meter, String given, long amount) {
        receiver.add(meter, labelOf(meter, given), amount);
    }

    @Override
    public void time(Meter meter, String given, long nanos) {
        receiver.time(meter, labelOf(meter, given), nanos);
    }

    @Override
    public Runnable observe(Meter meter, String given, LongSupplier value) {
        return receiver.observe(meter, labelOf(meter, given), value);
    }

    private String labelOf(Meter meter, String given) {
        return meter.tag() == Meter.Tag.CHANNEL ? label : given;
    }
}
