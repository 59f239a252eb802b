package io.laundrybridge.dashboard.simulator;

/** A dryer's drum: hot air warms wet linen, evaporation holds the temperature down until the linen is dry. */
final class DryDrum extends HeatedDrum {
    private static final double WETNESS = 0.55;
    private static final double EVAPORATION = 2_400_000;
    private static final double LOSS = 18;
    private static final double MOTOR_AND_FAN = 420;

    /** A drum for so many kg of dry linen. */
    DryDrum(double capacity) {
        super(new Thermostat(620 * capacity));
    }

    @Override
    public void load(double linen) {
        this.linen = linen;
        this.water = linen * WETNESS;
    }

    @Override
    public void work(Stage stage, double elapsed, double seconds) {
        boolean cooling = stage.phase() == Phase.COOL;
        double warmth = cooling ? 0 : heater.hold(temperature(), stage.target(), 4);
        heat.heat(warmth - evaporate(seconds), capacity(), cooling ? 5 * LOSS : LOSS, seconds);
        power = STANDBY + MOTOR_AND_FAN + warmth;
    }

    @Override
    public void rest(double seconds) {
        heater.off();
        heat.heat(0, capacity(), LOSS, seconds);
        power = STANDBY;
    }

    @Override
    public boolean done(Stage stage, double elapsed) {
        return switch (stage.phase()) {
            case HEAT -> temperature() >= stage.target() || elapsed >= 2 * stage.seconds();
            case DRY -> water <= 0.02 * linen || elapsed >= 1.6 * stage.seconds();
            default -> elapsed >= stage.seconds();
        };
    }

    /** Watts that evaporation takes; linen that is nearly dry gives its water up slowly. */
    private double evaporate(double seconds) {
        if (water <= 0) {
            return 0;
        }
        double warmth = Math.max(0, temperature() - AMBIENT);
        double rate = 8e-6 * linen * warmth * water / (water + 0.06 * linen);
        double gone = Math.min(water, rate * seconds);
        water -= gone;
        return gone / seconds * EVAPORATION;
    }

    private double capacity() {
        return water * 4_186 + linen * 1_500 + 14_000;
    }
}
