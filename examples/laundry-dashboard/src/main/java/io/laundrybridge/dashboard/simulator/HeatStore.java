package io.laundrybridge.dashboard.simulator;

/**
 * Something that is heated and loses heat to the room: a first-order system, solved exactly for a constant input, so
 * that any step length is stable.
 */
final class HeatStore {
    private static final double WATER = 4_186;
    private static final double BOILING = 99;

    private double temperature = Drum.AMBIENT;

    double temperature() {
        return temperature;
    }

    /**
     * Heats for some seconds.
     *
     * @param watts net heat that goes in; negative where evaporation takes more than the heater gives
     * @param capacity in joules per kelvin
     * @param loss in watts per kelvin above the room
     */
    void heat(double watts, double capacity, double loss, double seconds) {
        double settled = Drum.AMBIENT + watts / loss;
        double next = settled + (temperature - settled) * Math.exp(-loss * seconds / capacity);
        temperature = Math.min(BOILING, next);
    }

    /** Mixes in some kg of water of another temperature. */
    void mix(double kilograms, double other, double capacity) {
        double added = kilograms * WATER;
        temperature = (temperature * capacity + other * added) / (capacity + added);
    }
}
