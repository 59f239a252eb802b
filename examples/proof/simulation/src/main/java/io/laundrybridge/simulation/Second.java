package io.laundrybridge.simulation;

/** What a node, or a fleet, looked like at the end of a second, and what it did in it. */
final class Second {
    final Lags lags = new Lags();
    long open;
    long live;
    long deliveries;
    long writes;
    long replayed;
    double busy;

    void add(Second other) {
        lags.add(other.lags);
        open += other.open;
        live += other.live;
        deliveries += other.deliveries;
        writes += other.writes;
        replayed += other.replayed;
        busy += other.busy;
    }
}
