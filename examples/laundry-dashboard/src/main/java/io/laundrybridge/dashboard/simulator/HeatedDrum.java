package io.laundrybridge.dashboard.simulator;

/** A drum with linen, water and a heater: what washers and dryers have in common. */
abstract class HeatedDrum implements Drum {
    final Thermostat heater;
    final HeatStore heat = new HeatStore();
    double linen;
    double water;
    double power = STANDBY;

    HeatedDrum(Thermostat heater) {
        this.heater = heater;
    }

    @Override
    public void empty() {
        linen = 0;
        water = 0;
    }

    @Override
    public void stickHeater(boolean stuck) {
        heater.stick(stuck);
    }

    @Override
    public double temperature() {
        return heat.temperature();
    }

    @Override
    public double weight() {
        return linen + water;
    }

    @Override
    public double power() {
        return power;
    }
}
