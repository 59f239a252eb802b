package io.laundrybridge.testing;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds up what the bridge counts, and checks that each value has the label that its meter asks for. Thread-safe. */
public final class CountingTelemetry implements Telemetry {
    private final Map<Meter, Map<String, Long>> sums = new ConcurrentHashMap<>();
    private final Map<Meter, List<Long>> times = new ConcurrentHashMap<>();
    private final Map<Meter, Map<String, LongSupplier>> offers = new ConcurrentHashMap<>();
    private final Set<String> wronglyLabelled = ConcurrentHashMap.newKeySet();

    @Override
    public void add(Meter meter, String label, long amount) {
        check(meter, label, meter.kind() != Meter.Kind.TIMER && (amount >= 0 || meter.kind() == Meter.Kind.GAUGE));
        sums.computeIfAbsent(meter, any -> new ConcurrentHashMap<>()).merge(label, amount, Long::sum);
    }

    @Override
    public void time(Meter meter, String label, long nanos) {
        check(meter, label, meter.kind() == Meter.Kind.TIMER);
        times.computeIfAbsent(meter, any -> new CopyOnWriteArrayList<>()).add(nanos);
    }

    @Override
    public Runnable observe(Meter meter, String label, LongSupplier value) {
        check(meter, label, meter.kind() == Meter.Kind.GAUGE);
        Map<String, LongSupplier> offered = offers.computeIfAbsent(meter, any -> new ConcurrentHashMap<>());
        offered.put(label, value);
        return () -> offered.remove(label, value);
    }

    private void check(Meter meter, String label, boolean kind) {
        if (!kind || label.isEmpty() != (meter.tag() == Meter.Tag.NONE)) {
            wronglyLabelled.add(meter + " '" + label + "'");
        }
    }

    /** The sum of {@code meter}, all labels together. */
    public long sum(Meter meter) {
        return sums.getOrDefault(meter, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The sums of {@code meter} by label, without those that are 0. */
    public Map<String, Long> sums(Meter meter) {
        return sums.getOrDefault(meter, Map.of()).entrySet().stream()
                .filter(each -> each.getValue() != 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The labels under which {@code meter} was reported, with whatever amount. */
    public Set<String> labels(Meter meter) {
        return Set.copyOf(sums.getOrDefault(meter, Map.of()).keySet());
    }

    /** Every meter that was reported or offered. */
    public Set<Meter> meters() {
        return Stream.of(sums, times, offers)
                .flatMap(each -> each.keySet().stream())
                .collect(Collectors.toSet());
    }

    /** The times of {@code meter} in nanoseconds, all labels together. */
    public List<Long> times(Meter meter) {
        return List.copyOf(times.getOrDefault(meter, List.of()));
    }

    /** The gauges that are computed when they are asked for, by label. */
    public Map<String, LongSupplier> offers(Meter meter) {
        return Map.copyOf(offers.getOrDefault(meter, Map.of()));
    }

    /** Values whose label or method was not that of their meter. */
    public Set<String> wronglyLabelled() {
        return Set.copyOf(wronglyLabelled);
    }
}
