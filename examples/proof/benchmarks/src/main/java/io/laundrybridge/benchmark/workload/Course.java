package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.report.Figure;
import java.util.Map;

/** How a window goes. */
interface Course {
    /** Opens the clients and lets the server get warm; once for a server, or once a window where those are fresh. */
    default void prepare(Station station) {
        station.openClients();
        Warmth.reach(station);
    }

    /** One window. */
    Map<Figure, Double> measure(Station station);
}
