package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.Meter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
class PrometheusTelemetryTest {
    private final PrometheusTelemetry telemetry = new PrometheusTelemetry();

    private List<String> lines() {
        return telemetry.page().text().lines().toList();
    }

    @Test
    void aCounterIsATotalPerLabel() {
        telemetry.add(Meter.RECORDS, "machines", 2);
        telemetry.add(Meter.RECORDS, "machines", 3);
        telemetry.add(Meter.RECORDS, "or\"ders\n", 1);
        telemetry.add(Meter.FRAMES, "", 7);
        assertThat(lines())
                .contains(
                        "# HELP laundry_bridge_records_total Records received from the source",
                        "# TYPE laundry_bridge_records_total counter",
                        "laundry_bridge_records_total{channel=\"machines\"} 5.0",
                        "laundry_bridge_records_total{channel=\"or\\\"ders\\n\"} 1.0",
                        "laundry_bridge_frames_total 7.0");
    }

    @Test
    void aGaugeGoesUpAndDown() {
        telemetry.add(Meter.SESSIONS, "", 5);
        telemetry.add(Meter.SESSIONS, "", -2);
        assertThat(lines()).contains("# TYPE laundry_bridge_sessions gauge", "laundry_bridge_sessions 3.0");
    }

    @Test
    void ofSeveralOffersTheGreatestCountsUntilItEnds() {
        telemetry.observe(Meter.LAG, "machines", () -> 3);
        Runnable end = telemetry.observe(Meter.LAG, "machines", () -> 8);
        assertThat(lines()).contains("laundry_bridge_lag{channel=\"machines\"} 8.0");
        end.run();
        end.run();
        assertThat(lines()).contains("laundry_bridge_lag{channel=\"machines\"} 3.0");
    }

    @Test
    void aTimerIsAHistogramInSeconds() {
        telemetry.time(Meter.EVENT_AGE, "machines", 2_000_000);
        telemetry.time(Meter.EVENT_AGE, "machines", 3_000_000_000L);
        assertThat(lines())
                .contains(
                        "# TYPE laundry_bridge_events_age_seconds histogram",
                        "laundry_bridge_events_age_seconds_bucket{channel=\"machines\",le=\"0.005\"} 1",
                        "laundry_bridge_events_age_seconds_bucket{channel=\"machines\",le=\"60.0\"} 2",
                        "laundry_bridge_events_age_seconds_count{channel=\"machines\"} 2",
                        "laundry_bridge_events_age_seconds_sum{channel=\"machines\"} 3.002");
    }

    @Test
    void everyMeterHasItsDescriptionFromTheStart() {
        String text = telemetry.page().text();
        for (Meter meter : Meter.values()) {
            if (meter.tag() == Meter.Tag.NONE) {
                assertThat(text).contains(meter.meterName().replace('.', '_'));
            } else {
                telemetry.add(meter, "x", 1);
            }
        }
        String used = telemetry.page().text();
        assertThat(Meter.values())
                .allSatisfy(meter -> assertThat(used).contains(meter.meterName().replace('.', '_')));
        assertThat(used).contains("jvm_memory_used_bytes{area=\"heap\"}", "process_cpu_seconds_total");
    }

    @Test
    void theTypeIsThatOfTheTextFormat() {
        assertThat(telemetry.page().type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }
}
