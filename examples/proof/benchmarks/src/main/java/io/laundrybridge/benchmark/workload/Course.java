package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.report.Figure;
import java.util.Map;

/** The course of a window. */
interface Course {
    /** Opens the clients and warms the server; once per server, or once per window if each has a new server. */
    default void prepare(Station station) {
        station.openClients();
        Workload workload = station.workload();
        boolean asMeasured = workload.warmRate() >= workload.load().rate();
        Warmth.reach(
                station,
                asMeasured ? station.timing().settle() : station.timing().runIn());
    }

    /** One window. */
    Map<Figure, Double> measure(Station station);
}
