package io.laundrybridge.gateway;

import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.standalone.Page;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Reports the meters and those of the JVM in the text format of Prometheus. Names are those that Micrometer gives them,
 * so that dashboards fit the gateway and Spring. Thread-safe and without locks once a meter has been used.
 */
final class PrometheusTelemetry implements Telemetry {
    private static final PrometheusTextFormatWriter TEXT = PrometheusTextFormatWriter.create();
    private static final double NANOS = 1e9;

    /** In seconds: from an event that is sent at once to a snapshot that takes a minute. */
    private static final double[] BUCKETS = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<Meter, Function<String[], LongConsumer>> families = new EnumMap<>(Meter.class);
    private final Map<Meter, Map<String, LongConsumer>> series = new EnumMap<>(Meter.class);
    private final Map<Meter, Map<String, List<LongSupplier>>> offers = new EnumMap<>(Meter.class);
    private final Map<Meter, Gauge> gauges = new EnumMap<>(Meter.class);

    PrometheusTelemetry() {
        for (Meter meter : Meter.values()) {
            families.put(meter, family(meter));
            series.put(meter, new ConcurrentHashMap<>());
            offers.put(meter, new ConcurrentHashMap<>());
        }
        JvmMetrics.builder().register(registry);
    }

    @Override
    public void add(Meter meter, String label, long amount) {
        Map<String, LongConsumer> labels = series.getOrDefault(meter, Map.of());
        LongConsumer known = labels.get(label);
        (known != null ? known : labels.computeIfAbsent(label, any -> oneSeries(meter, any))).accept(amount);
    }

    @Override
    public void time(Meter meter, String label, long nanos) {
        add(meter, label, nanos);
    }

    @Override
    public Runnable observe(Meter meter, String label, LongSupplier value) {
        List<LongSupplier> values =
                offers.getOrDefault(meter, Map.of()).computeIfAbsent(label, any -> new CopyOnWriteArrayList<>());
        values.add(value);
        return () -> values.remove(value);
    }

    private LongConsumer oneSeries(Meter meter, String label) {
        return families.getOrDefault(meter, any -> amount -> {}).apply(values(meter, label));
    }

    private static String[] values(Meter meter, String label) {
        return meter.tag() == Meter.Tag.NONE ? new String[0] : new String[] {label};
    }

    private Function<String[], LongConsumer> family(Meter meter) {
        String name = meter.meterName().replace('.', '_');
        String[] tags = meter.tag() == Meter.Tag.NONE
                ? new String[0]
                : new String[] {meter.tag().name().toLowerCase(Locale.ROOT)};
        return switch (meter.kind()) {
            case COUNTER -> counters(Counter.builder().name(name), tags, meter);
            case GAUGE -> gauges(Gauge.builder().name(name), tags, meter);
            case TIMER -> timers(Histogram.builder().name(name + "_seconds"), tags, meter);
        };
    }

    private Function<String[], LongConsumer> counters(Counter.Builder builder, String[] tags, Meter meter) {
        Counter counter = builder.labelNames(tags)
                .help(meter.description())
                .withoutExemplars()
                .register(registry);
        return values -> {
            CounterDataPoint point = counter.labelValues(values);
            return point::inc;
        };
    }

    private Function<String[], LongConsumer> gauges(Gauge.Builder builder, String[] tags, Meter meter) {
        Gauge gauge = builder.labelNames(tags)
                .help(meter.description())
                .withoutExemplars()
                .register(registry);
        gauges.put(meter, gauge);
        return values -> {
            GaugeDataPoint point = gauge.labelValues(values);
            return point::inc;
        };
    }

    private Function<String[], LongConsumer> timers(Histogram.Builder builder, String[] tags, Meter meter) {
        Histogram histogram = builder.classicOnly()
                .classicUpperBounds(BUCKETS)
                .labelNames(tags)
                .help(meter.description())
                .withoutExemplars()
                .register(registry);
        return values -> {
            DistributionDataPoint point = histogram.labelValues(values);
            return nanos -> point.observe(nanos / NANOS);
        };
    }

    /** Returns the page that Prometheus reads. */
    Page page() {
        offers.forEach(this::observeNow);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            TEXT.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Page(200, PrometheusTextFormatWriter.CONTENT_TYPE, text.toString(StandardCharsets.UTF_8));
    }

    private void observeNow(Meter meter, Map<String, List<LongSupplier>> offered) {
        Gauge gauge = gauges.get(meter);
        if (gauge != null) {
            offered.forEach(
                    (label, values) -> gauge.labelValues(values(meter, label)).set((double) values.stream()
                            .mapToLong(LongSupplier::getAsLong)
                            .max()
                            .orElse(0)));
        }
    }
}
