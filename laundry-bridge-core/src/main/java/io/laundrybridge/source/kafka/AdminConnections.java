package io.laundrybridge.source.kafka;

import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.common.Metric;

/** Finds from an admin client's metrics why none of its calls was answered. */
final class AdminConnections {
    private AdminConnections() {}

    /** Returns why no call has ever been answered, as far as the client's connections show it. */
    static Optional<StaleCause> whyUnanswered(Collection<? extends Metric> metrics) {
        double byBootstrap = 0;
        double byBrokers = 0;
        double connections = 0;
        for (Metric metric : metrics) {
            String name = metric.metricName().name();
            if (name.equals("response-total") && metric.metricName().group().equals("admin-client-node-metrics")) {
                boolean broker = !String.valueOf(metric.metricName().tags().get("node-id"))
                        .startsWith("node--");
                byBrokers += broker ? number(metric) : 0;
                byBootstrap += broker ? 0 : number(metric);
            }
            connections += name.equals("connection-creation-total") ? number(metric) : 0;
        }
        if (byBrokers > 0) {
            return Optional.empty();
        }
        if (byBootstrap > 0) {
            return Optional.of(StaleCause.astray());
        }
        return connections > 1 ? Optional.of(StaleCause.mute()) : Optional.empty();
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }
}
