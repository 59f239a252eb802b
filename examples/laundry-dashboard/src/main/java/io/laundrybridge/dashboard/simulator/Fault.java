package io.laundrybridge.dashboard.simulator;

/** A fault of a machine, and the phases in which it can occur. */
public enum Fault {
    /** The door does not lock before a wash, or does not open after drying. */
    DOOR_LOCK("door-lock"),
    /** The heater does not switch off; the alarm trips only once the machine really is too hot. */
    OVERHEATING("overheating"),
    DRAIN_BLOCKED("drain-blocked"),
    UNBALANCE("unbalance");

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    /** Returns the word in reports, for example {@code door-lock}. */
    public String label() {
        return label;
    }

    /** Returns whether this fault can strike in {@code phase}. */
    public boolean strikesIn(Phase phase) {
        return switch (this) {
            case DOOR_LOCK -> phase == Phase.FILL || phase == Phase.COOL;
            case OVERHEATING -> phase == Phase.WASH || phase == Phase.DRY;
            case DRAIN_BLOCKED -> phase == Phase.DRAIN;
            case UNBALANCE -> phase == Phase.SPIN;
        };
    }
}
