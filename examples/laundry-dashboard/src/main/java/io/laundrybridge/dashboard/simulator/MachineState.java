package io.laundrybridge.dashboard.simulator;

/** The state that a machine reports. */
public enum MachineState {
    /** A programme is under way. */
    RUNNING("running"),
    /** The machine waits for linen, or for staff to fetch it. */
    IDLE("idle"),
    /** Stopped by a {@link Fault} until staff clears it. */
    ALARM("alarm"),
    /** Its site reports that the machine does not answer; readings are absent. */
    OFFLINE("offline");

    private final String label;

    MachineState(String label) {
        this.label = label;
    }

    /** Returns the word in reports, for example {@code running}. */
    public String label() {
        return label;
    }
}
