package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
    void everyMeterCanBeRegistered() {
        for (Meter meter : Meter.values()) {
            telemetry.add(meter, "", 1);
        }
        assertThat(registry.getMeters()).hasSize(Meter.values().length);
    }
}
