package io.laundrybridge.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives each source and sink a client id of its own. Kafka's logs, quotas and metrics separate the applications, nodes
 * and channels of one topic by it. Thread-safe.
 */
public final class ClientNames {
    private static final Map<String, AtomicInteger> GIVEN = new ConcurrentHashMap<>();
    private static final int BASE = 36;
    private static final int INSTANCES = BASE * BASE * BASE * BASE * BASE;

    private ClientNames() {}

    /** Returns a name that no other client has, in this JVM or elsewhere. */
    public static String ofTopic(String topic) {
        int instance = ThreadLocalRandom.current().nextInt(INSTANCES / BASE, INSTANCES);
        return "laundry-bridge-" + topic + "-" + Integer.toString(instance, BASE);
    }

    /**
     * Returns the user's own name. Later clients with the same name add their number, because JMX takes a name once.
     */
    public static String numbered(String name) {
        int number = GIVEN.computeIfAbsent(name, unknown -> new AtomicInteger()).incrementAndGet();
        return number == 1 ? name : name + "-" + number;
    }
}
