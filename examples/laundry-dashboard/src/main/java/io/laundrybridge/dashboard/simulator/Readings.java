package io.laundrybridge.dashboard.simulator;

import java.util.random.RandomGenerator;

/**
 * The values of a machine's sensors.
 *
 * @param temperature in °C, to a tenth
 * @param load linen and the water in it, in kg, to a hundredth
 * @param power in watts, whole
 */
public record Readings(double temperature, double load, double power) {

    /** Reads a drum with sensors as good as they are: a tenth of a kelvin, ten grams, half a percent. */
    static Readings of(Drum drum, RandomGenerator random) {
        double temperature = drum.temperature() + 0.1 * random.nextGaussian();
        double load = drum.weight() <= 0 ? 0 : drum.weight() + 0.01 * random.nextGaussian();
        double power = drum.power() * (1 + 0.005 * random.nextGaussian());
        return new Readings(round(temperature, 10), Math.max(0, round(load, 100)), Math.max(0, round(power, 1)));
    }

    private static double round(double value, double steps) {
        return Math.round(value * steps) / steps;
    }
}
