package io.laundrybridge.dashboard.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The report of one machine at one moment.
 *
 * @param site the machine's site, for example {@code riverside}
 * @param machine its name at the site, for example {@code w-07}
 * @param program the programme under way, null between programmes
 * @param phase where in its programme it is, null between programmes
 * @param progress how far it is through its programme, 0 to 1
 * @param readings the values of its sensors, null if it is offline
 * @param alarm why it stopped, null if it did not
 */
public record MachineReport(
        String site,
        String machine,
        MachineKind kind,
        @Nullable String program,
        @Nullable Phase phase,
        double progress,
        @Nullable Readings readings,
        MachineState state,
        @Nullable Fault alarm,
        Instant time) {

    /** Returns the record key, {@code site/machine}. */
    public String key() {
        return site + '/' + machine;
    }
}
