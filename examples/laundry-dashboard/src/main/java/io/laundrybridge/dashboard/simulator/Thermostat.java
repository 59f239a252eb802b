package io.laundrybridge.dashboard.simulator;

/** Switches a heater on and off around a target; when stuck, only on. */
final class Thermostat {
    private final double watts;
    private boolean on;
    private boolean stuck;

    Thermostat(double watts) {
        this.watts = watts;
    }

    void stick(boolean stuck) {
        this.stuck = stuck;
    }

    void off() {
        on = false;
    }

    /**
     * Returns what the heater takes now: on below {@code target - band}, off from {@code target}, unchanged between.
     */
    double hold(double temperature, double target, double band) {
        if (stuck || temperature < target - band) {
            on = true;
        } else if (temperature >= target) {
            on = false;
        }
        return on ? watts : 0;
    }
}
