package io.laundrybridge.dashboard.simulator;

/** The physics of one machine: temperature, weight and power by its heater, motor and water. */
interface Drum {
    /** Room temperature, in °C. */
    double AMBIENT = 21;

    /** Power of the display and the network module, in watts. */
    double STANDBY = 4;

    /** Puts linen in, given by its dry weight in kg. */
    void load(double linen);

    /** Takes everything out. */
    void empty();

    /** Works at a stage for some seconds, having worked at it for {@code elapsed} seconds already. */
    void work(Stage stage, double elapsed, double seconds);

    /** Stands still for some seconds. */
    void rest(double seconds);

    /** Returns whether a stage has done its work. */
    boolean done(Stage stage, double elapsed);

    /** Makes the heater stick, or repairs it. */
    void stickHeater(boolean stuck);

    /** In °C. */
    double temperature();

    /** Linen and the water in it, in kg. */
    double weight();

    /** In watts. */
    double power();
}
