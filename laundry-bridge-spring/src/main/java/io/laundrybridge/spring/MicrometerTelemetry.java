package io.laundrybridge.spring;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports the meters to Micrometer under their own names, with their descriptions, units and tags. Thread-safe and
 * without locks once a meter has been used.
 */
final class MicrometerTelemetry implements Telemetry {
    private final MeterRegistry registry;
    private final Map<Meter, Map<String, LongConsumer>> meters = new EnumMap<>(Meter.class);
    private final Map<Meter, Map<String, List<LongSupplier>>> offers = new EnumMap<>(Meter.class);

    MicrometerTelemetry(MeterRegistry registry) {
        this.registry = registry;
        for (Meter meter : Meter.values()) {
            meters.put(meter, new ConcurrentHashMap<>());
            offers.put(meter, new ConcurrentHashMap<>());
        }
    }

    @Override
    public void add(Meter meter, String label, long amount) {
        of(meter, label).accept(amount);
    }

    @Override
    public void time(Meter meter, String label, long nanos) {
        of(meter, label).accept(nanos);
    }

    @Override
    public Runnable observe(Meter meter, String label, LongSupplier value) {
        List<LongSupplier> values =
                offers.getOrDefault(meter, Map.of()).computeIfAbsent(label, any -> gauge(meter, any));
        values.add(value);
        return () -> values.remove(value);
    }

    private LongConsumer of(Meter meter, String label) {
        Map<String, LongConsumer> labels = meters.getOrDefault(meter, Map.of());
        LongConsumer known = labels.get(label);
        return known != null ? known : labels.computeIfAbsent(label, any -> register(meter, any));
    }

    private LongConsumer register(Meter meter, String label) {
        return switch (meter.kind()) {
            case COUNTER -> {
                Counter counter = Counter.builder(meter.meterName())
                        .description(meter.description())
                        .baseUnit(unit(meter))
                        .tags(tags(meter, label))
                        .register(registry);
                yield counter::increment;
            }
            case GAUGE -> {
                LongAdder sum = new LongAdder();
                gauge(meter, label, sum::sum);
                yield sum::add;
            }
            case TIMER -> {
                Timer timer = Timer.builder(meter.meterName())
                        .description(meter.description())
                        .tags(tags(meter, label))
                        .register(registry);
                yield nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
            }
        };
    }

    private List<LongSupplier> gauge(Meter meter, String label) {
        List<LongSupplier> values = new CopyOnWriteArrayList<>();
        gauge(
                meter,
                label,
                () -> values.stream().mapToLong(LongSupplier::getAsLong).max().orElse(0));
        return values;
    }

    private void gauge(Meter meter, String label, LongSupplier value) {
        Gauge.builder(meter.meterName(), value, LongSupplier::getAsLong)
                .description(meter.description())
                .baseUnit(unit(meter))
                .tags(tags(meter, label))
                .strongReference(true)
                .register(registry);
    }

    /** Returns the unit if the name ends with it, because Prometheus would append it to any other name. */
    private static @Nullable String unit(Meter meter) {
        return meter.meterName().endsWith("." + meter.unit()) ? meter.unit() : null;
    }

    private static Tags tags(Meter meter, String label) {
        return meter.tag() == Meter.Tag.NONE
                ? Tags.empty()
                : Tags.of(meter.tag().name().toLowerCase(Locale.ROOT), label);
    }
}
