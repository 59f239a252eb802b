package io.laundrybridge.dashboard.simulator;

/** The kind of a machine: washer or dryer. */
public enum MachineKind {
    WASHER("washer", "w"),
    DRYER("dryer", "d");

    private final String label;
    private final String prefix;

    MachineKind(String label, String prefix) {
        this.label = label;
        this.prefix = prefix;
    }

    /** Returns the word in reports, for example {@code washer}. */
    public String label() {
        return label;
    }

    /** Returns the first part of a machine's name, for example {@code w} in {@code w-07}. */
    String prefix() {
        return prefix;
    }
}
