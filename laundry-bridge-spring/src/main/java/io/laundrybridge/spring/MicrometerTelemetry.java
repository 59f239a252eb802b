package io.laundrybridge.spring;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Reports the meters to Micrometer under their own names, with the tag {@code channel} for meters of a channel.
 * Thread-safe and without locks once a meter has been used.
 */
final class MicrometerTelemetry implements Telemetry {
    private final MeterRegistry registry;
    private final Map<Meter, Map<String, LongConsumer>> meters = new EnumMap<>(Meter.class);

    MicrometerTelemetry(MeterRegistry registry) {
        this.registry = registry;
        for (Meter meter : Meter.values()) {
            meters.put(meter, new ConcurrentHashMap<>());
        }
    }

    @Override
    public void add(Meter meter, String channel, long amount) {
        Map<String, LongConsumer> channels = meters.getOrDefault(meter, Map.of());
        LongConsumer known = channels.get(channel);
        if (known == null) {
            known = channels.computeIfAbsent(channel, name -> register(meter, name));
        }
        known.accept(amount);
    }

    private LongConsumer register(Meter meter, String channel) {
        Tags tags = channel.isEmpty() ? Tags.empty() : Tags.of("channel", channel);
        return switch (meter.kind()) {
            case COUNTER -> {
                Counter counter = registry.counter(meter.meterName(), tags);
                yield counter::increment;
            }
            case GAUGE -> {
                LongAdder sum = new LongAdder();
                Gauge.builder(meter.meterName(), sum, LongAdder::sum)
                        .tags(tags)
                        .strongReference(true)
                        .register(registry);
                yield sum::add;
            }
        };
    }
}
