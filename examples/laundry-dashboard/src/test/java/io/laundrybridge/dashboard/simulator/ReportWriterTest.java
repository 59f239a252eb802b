package io.laundrybridge.dashboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportWriterTest {
    private static final Instant TIME = Instant.parse("2026-11-23T10:00:00Z");
    private final ReportWriter writer = new ReportWriter();

    @Test
    void aRunningMachineIsWrittenWhole() {
        MachineReport report = new MachineReport(
                "riverside",
                "w-07",
                MachineKind.WASHER,
                "cotton-60",
                Phase.HEAT,
                0.42,
                new Readings(41.7, 6.2, 1985),
                MachineState.RUNNING,
                null,
                TIME);

        assertThat(written(report))
                .isEqualTo("{\"machine\":\"w-07\",\"site\":\"riverside\",\"kind\":\"washer\",\"program\":\"cotton-60\","
                        + "\"phase\":\"heat\",\"progress\":0.42,\"temperature\":41.7,\"load\":6.2,\"power\":1985,"
                        + "\"state\":\"running\",\"alarm\":null,\"time\":\"2026-11-23T10:00:00Z\"}");
        assertThat(report.key()).isEqualTo("riverside/w-07");
    }

    @Test
    void anOfflineMachineHasNoReadings() {
        MachineReport report = new MachineReport(
                "hillcrest", "d-02", MachineKind.DRYER, null, null, 0, null, MachineState.OFFLINE, null, TIME);

        assertThat(written(report))
                .contains("\"program\":null", "\"temperature\":null,\"load\":null,\"power\":null", "\"offline\"");
    }

    private String written(MachineReport report) {
        return new String(writer.write(report), StandardCharsets.UTF_8);
    }
}
