package io.laundrybridge.dashboard.simulator;

/**
 * How large and how busy the simulated laundry is.
 *
 * @param machines washers and dryers over all sites, 1 to 100,000; 240 by default
 * @param rate reports per second in total over all machines, 1 to 1,000,000; 400 by default
 * @param speed how much faster than the clock the machines work, above 0 up to 1,000; 10 by default, so that a wash of
 *     an hour takes six minutes
 * @param seed equal seeds give equal reports; 42 by default
 */
public record LaundryPlan(int machines, int rate, double speed, long seed) {

    /** Checks the limits. */
    public LaundryPlan {
        require(machines >= 1 && machines <= 100_000, "machines", machines, "1 to 100000");
        require(rate >= 1 && rate <= 1_000_000, "rate", rate, "1 to 1000000 reports a second");
        require(speed > 0 && speed <= 1_000, "speed", speed, "above 0 up to 1000");
    }

    /** 240 machines, 400 reports per second. */
    public static LaundryPlan standard() {
        return new LaundryPlan(240, 400, 10, 42);
    }

    /** Returns this plan with so many machines. */
    public LaundryPlan machines(int count) {
        return new LaundryPlan(count, rate, speed, seed);
    }

    /** Returns this plan with so many reports per second in total. */
    public LaundryPlan rate(int reportsPerSecond) {
        return new LaundryPlan(machines, reportsPerSecond, speed, seed);
    }

    /** Returns this plan with machines that work so many times faster than the clock. */
    public LaundryPlan speed(double factor) {
        return new LaundryPlan(machines, rate, factor, seed);
    }

    /** Returns this plan with another seed. */
    public LaundryPlan seed(long number) {
        return new LaundryPlan(machines, rate, speed, number);
    }

    private static void require(boolean holds, String option, Number found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "Found %s = %s, expected %s; give another --%1$s.".formatted(option, found, expected));
        }
    }
}
