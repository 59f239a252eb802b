package io.laundrybridge.dashboard.simulator;

/**
 * One step of a programme.
 *
 * @param seconds how long it usually takes, in the machine's own time; heating and drying end when they are done
 * @param target the temperature to reach or hold, in °C
 */
record Stage(Phase phase, double seconds, double target) {}
