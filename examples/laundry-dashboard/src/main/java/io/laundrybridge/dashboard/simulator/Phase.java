package io.laundrybridge.dashboard.simulator;

import java.util.Locale;

/** A part of a programme in which a machine does one thing. */
public enum Phase {
    FILL,
    HEAT,
    WASH,
    DRAIN,
    RINSE,
    SPIN,
    DRY,
    COOL;

    /** Returns the word in reports, for example {@code heat}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
