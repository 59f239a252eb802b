package io.laundrybridge.simulation;

/**
 * How much more processor time everything takes while a virtual machine is young, its compilers included.
 *
 * @param cold the factor at the start; 1 for a warm one
 * @param nanos the time in which the surplus falls to a third (by e)
 */
record Warmth(double cold, double nanos) {
    static final Warmth WARM = new Warmth(1, 1);

    /** As measured in Tomcat: 0.77 µs per delivery after 5 s, 0.65 after 40 s, 0.48 at last; see docs/sizing.md. */
    static final Warmth COLD = new Warmth(1.65, 65e9);

    /** Returns the factor at {@code now} nanoseconds after the start. */
    double slowdown(long now) {
        return 1 + (cold - 1) * Math.exp(-now / nanos);
    }
}
