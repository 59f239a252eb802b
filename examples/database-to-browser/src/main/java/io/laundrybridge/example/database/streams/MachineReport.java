package io.laundrybridge.example.database.streams;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code machine_report}.
 *
 * @param energyKwh what the machine has used since it was installed
 */
record MachineReport(
        String machine,
        String site,
        Instant at,
        String state,
        @Nullable String programme,
        int powerWatts,
        BigDecimal energyKwh,
        @Nullable String alarm) {

    boolean inAlarm() {
        return "alarm".equals(state);
    }
}
