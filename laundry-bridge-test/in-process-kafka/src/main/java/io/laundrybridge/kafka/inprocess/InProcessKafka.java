package io.laundrybridge.kafka.inprocess;

import java.util.Map;

/**
 * A real Kafka cluster inside this JVM: KRaft brokers on loopback ports, with their data in a temporary folder.
 *
 * <p>It is for examples and tests. A broker can be stopped and started again on its old port with its old data, so
 * that an outage looks to clients as it does in production. {@link #close()} stops them and deletes the data;
 * so does the end of the JVM.
 *
 * <p>Every method may be called from any thread and returns when the cluster has done what was asked. A step that
 * takes longer than 60 seconds fails with {@link IllegalStateException}.
 */
public final class InProcessKafka implements AutoCloseable {

    private final TemporaryFolder folder;
    private final Cluster cluster;
    private final Thread closer = new Thread(this::closeAtExit, "in-process-kafka-exit");
    private boolean closed;

    private InProcessKafka(ClusterPlan plan) {
        folder = TemporaryFolder.create("in-process-kafka-");
        try {
            cluster = Cluster.started(plan, folder.path());
        } catch (RuntimeException | Error e) {
            folder.delete();
            throw e;
        }
    }

    /** Starts one broker. */
    public static InProcessKafka start() {
        return start(1);
    }

    /**
     * Starts a cluster of the given number of brokers. Topics are replicated to three of them, or to all if there are
     * fewer.
     */
    public static InProcessKafka start(int brokers) {
        return builder().brokers(brokers).start();
    }

    /** Returns a builder of a cluster with proxies before it, or with its own settings. */
    public static InProcessKafkaBuilder builder() {
        return new InProcessKafkaBuilder();
    }

    static InProcessKafka start(ClusterPlan plan) {
        var kafka = new InProcessKafka(plan);
        Runtime.getRuntime().addShutdownHook(kafka.closer);
        return kafka;
    }

    /** Returns the addresses of all brokers, running or not, as clients expect them in {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    /**
     * Returns the addresses that the brokers use among themselves: neither {@link InProcessKafkaBuilder#advertisedPort}
     * nor the security of the clients' listener counts there.
     */
    public String internalServers() {
        return cluster.internalServers();
    }

    /** Creates a topic with the brokers' default settings; its partitions have leaders when this returns. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Creates a topic with settings of its own, such as {@code cleanup.policy}. */
    public synchronized void createTopic(String name, int partitions, Map<String, String> settings) {
        requireOpen();
        try (var topics = new TopicAdmin(internalServers())) {
            topics.create(name, partitions, cluster.replicas(), settings);
        }
    }

    /** Stops a broker, counted from 0, as an operator would: it hands over its leaderships first. Its data stays. */
    public synchronized void stopBroker(int broker) {
        requireOpen();
        cluster.stop(broker);
    }

    /**
     * Starts a stopped broker again, on the port and with the data it had. A broker that runs is left alone.
     *
     * <p>A single broker is back within a second or two. One of several takes about five: the controller first lets its
     * old registration expire.
     */
    public synchronized void startBroker(int broker) {
        requireOpen();
        cluster.start(broker);
    }

    /**
     * Stops the controller of several brokers. They continue, but their metadata cannot change. Start it again before a
     * broker stops.
     */
    public synchronized void stopController() {
        requireOpen();
        cluster.stopController();
    }

    /** Starts the controller again. */
    public synchronized void startController() {
        requireOpen();
        cluster.startController();
    }

    /** Stops every broker that runs. */
    public synchronized void stopAll() {
        requireOpen();
        cluster.stopAll();
    }

    /** Starts every broker that does not run. */
    public synchronized void startAll() {
        requireOpen();
        cluster.startAll();
    }

    /** Stops everything and deletes their data. A second call does nothing. */
    @Override
    public void close() {
        closeOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs already and finds the work done.
        }
    }

    private void closeAtExit() {
        closeOnce();
    }

    private synchronized void closeOnce() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            cluster.close();
        } finally {
            folder.delete();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This cluster was closed; InProcessKafka.start() makes a new one");
        }
    }
}
