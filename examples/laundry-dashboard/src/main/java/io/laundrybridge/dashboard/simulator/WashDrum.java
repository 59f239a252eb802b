package io.laundrybridge.dashboard.simulator;

/** A washer's drum: water comes in cold, an electric heater warms it, a motor tumbles and spins. */
final class WashDrum extends HeatedDrum {
    private static final double INLET = 14;
    private static final double WATER_FLOW = 0.22;
    private static final double LOSS = 7;
    private static final double VALVE = 12;
    private static final double PUMP = 45;

    private double speed;

    /** A drum for so many kg of dry linen. */
    WashDrum(double capacity) {
        super(new Thermostat(380 * capacity));
    }

    @Override
    public void load(double linen) {
        this.linen = linen;
    }

    @Override
    public void work(Stage stage, double elapsed, double seconds) {
        double motor = switch (stage.phase()) {
            case FILL -> {
                soak(seconds, 2.0);
                yield VALVE + tumble(elapsed);
            }
            case RINSE -> {
                soak(seconds, 2.4);
                yield VALVE + tumble(elapsed);
            }
            case DRAIN -> {
                drain(seconds, 1.3, 14);
                yield PUMP;
            }
            case SPIN -> spin(stage, elapsed, seconds);
            default -> tumble(elapsed);
        };
        double warmth = heaterFor(stage);
        heat.heat(warmth, capacity(), LOSS, seconds);
        power = STANDBY + motor + warmth;
    }

    @Override
    public void rest(double seconds) {
        speed *= Math.exp(-seconds / 12);
        heater.off();
        heat.heat(0, capacity(), LOSS, seconds);
        power = STANDBY;
    }

    @Override
    public boolean done(Stage stage, double elapsed) {
        return stage.phase() == Phase.HEAT
                ? temperature() >= stage.target() || elapsed >= 2 * stage.seconds()
                : elapsed >= stage.seconds();
    }

    private double heaterFor(Stage stage) {
        return switch (stage.phase()) {
            case HEAT -> heater.hold(temperature(), stage.target(), 0);
            case WASH -> heater.hold(temperature(), stage.target(), 2);
            default -> {
                heater.off();
                yield 0;
            }
        };
    }

    private void soak(double seconds, double kilogramsPerKilogram) {
        double missing = Math.max(0, linen * kilogramsPerKilogram - water);
        double added = Math.min(missing, WATER_FLOW * seconds);
        heat.mix(added, INLET, capacity());
        water += added;
    }

    private void drain(double seconds, double keeps, double settling) {
        double bound = Math.min(water, linen * keeps);
        water = bound + (water - bound) * Math.exp(-seconds / settling);
    }

    /** Twelve seconds of turning, five of rest. */
    private static double tumble(double elapsed) {
        return elapsed % 17 < 12 ? 190 : 15;
    }

    /** Two thirds of the time towards full speed, with a short run first that spreads the linen. */
    private double spin(Stage stage, double elapsed, double seconds) {
        double goal = elapsed < 40 ? 0.35 : elapsed < stage.seconds() - 30 ? 1 : 0;
        double before = speed;
        speed = goal + (speed - goal) * Math.exp(-seconds / 35);
        drain(seconds, 1.3 - 0.75 * speed, 50);
        double accelerating = Math.max(0, speed - before) / seconds;
        return 60 + 420 * speed * speed + 18_000 * accelerating * (0.3 + speed);
    }

    private double capacity() {
        return water * 4_186 + linen * 1_500 + 9_000;
    }
}
