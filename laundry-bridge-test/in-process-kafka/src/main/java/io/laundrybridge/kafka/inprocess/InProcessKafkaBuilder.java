package io.laundrybridge.kafka.inprocess;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Configures a cluster. Without any change it is that of {@link InProcessKafka#start()}. */
public final class InProcessKafkaBuilder {

    private final Map<String, String> settings = new HashMap<>();
    private int brokers = 1;
    private IntUnaryOperator advertisedPort = IntUnaryOperator.identity();

    InProcessKafkaBuilder() {}

    /** Returns how many brokers; 1 by default. Topics are replicated to three of them, or to all if there are fewer. */
    public InProcessKafkaBuilder brokers(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Found brokers=" + number + ", expected at least 1: brokers(1)");
        }
        brokers = number;
        return this;
    }

    /**
     * Sends the clients of a broker that listens on a port to another port of this machine, such as that of a proxy.
     * Called once for each broker, before it starts.
     */
    public InProcessKafkaBuilder advertisedPort(IntUnaryOperator of) {
        advertisedPort = of;
        return this;
    }

    /**
     * Returns a setting of all nodes, such as {@code authorizer.class.name}; it overrides ours. Clients use the
     * listener {@code CLIENTS}; the brokers use {@code INTERNAL} among themselves and {@code CONTROLLER} to the
     * controller.
     */
    public InProcessKafkaBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** Starts it. */
    public InProcessKafka start() {
        return InProcessKafka.start(new ClusterPlan(brokers, advertisedPort, Map.copyOf(settings)));
    }
}
