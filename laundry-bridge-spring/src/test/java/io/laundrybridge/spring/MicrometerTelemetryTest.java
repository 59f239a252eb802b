package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.Meter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MicrometerTelemetryTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerTelemetry telemetry = new MicrometerTelemetry(registry);

    @Test
    void countersAddUpPerChannel() {
        telemetry.add(Meter.RECORDS, "machines", 2);
        telemetry.add(Meter.RECORDS, "machines", 3);
        telemetry.add(Meter.RECORDS, "bills", 1);
        assertThat(registry.get("laundry.bridge.records")
                        .tag("channel", "machines")
                        .counter()
                        .count())
                .isEqualTo(5);
        assertThat(registry.get("laundry.bridge.records")
                        .tag("channel", "bills")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void gaugesGoUpAndDown() {
        telemetry.add(Meter.SESSIONS, "", 1);
        telemetry.add(Meter.SESSIONS, "", 1);
        telemetry.add(Meter.SESSIONS, "", -1);
        assertThat(registry.get("laundry.bridge.sessions").gauge().value()).isEqualTo(1);
    }

    @Test
    void timersHaveCountAndTime() {
        telemetry.time(Meter.EVENT_AGE, "machines", 2_000_000);
        telemetry.time(Meter.EVENT_AGE, "machines", 4_000_000);
        Timer timer = registry.get("laundry.bridge.events.age")
                .tag("channel", "machines")
                .timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(6);
    }

    @Test
    void reasonsAreATag() {
        telemetry.add(Meter.CLOSES, "client", 1);
        assertThat(registry.get("laundry.bridge.closes")
                        .tag("reason", "client")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anOfferedGaugeIsComputedWhenItIsAskedForAndTheGreatestCounts() {
        AtomicLong asked = new AtomicLong();
        Runnable end = telemetry.observe(Meter.LAG, "machines", () -> 7 + 0 * asked.incrementAndGet());
        telemetry.observe(Meter.LAG, "machines", () -> 3);
        assertThat(asked).hasValue(0);
        Gauge gauge =
                registry.get("laundry.bridge.lag").tag("channel", "machines").gauge();
        assertThat(gauge.value()).isEqualTo(7);
        assertThat(asked).hasValue(1);
        end.run();
        assertThat(gauge.value()).isEqualTo(3);
    }

    @Test
    void everyMeterIsRegisteredWithItsDescriptionAndAUnitThatItsNameHas() {
        for (Meter meter : Meter.values()) {
            if (meter.kind() == Meter.Kind.TIMER) {
                telemetry.time(meter, "", 1);
            } else {
                telemetry.add(meter, "", 1);
            }
            var id = registry.get(meter.meterName()).meter().getId();
            assertThat(id.getDescription()).isEqualTo(meter.description());
            assertThat(id.getBaseUnit())
                    .satisfiesAnyOf(
                            unit -> assertThat(unit).isNull(),
                            unit -> assertThat(unit).isEqualTo("seconds"),
                            unit -> assertThat(meter.meterName()).endsWith("." + unit));
            assertThat(id.getTags()).hasSize(meter.tag() == Meter.Tag.NONE ? 0 : 1);
        }
        assertThat(registry.getMeters()).hasSize(Meter.values().length);
    }
}
