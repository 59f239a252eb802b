package io.laundrybridge.kafka.inprocess;

import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/** The brokers, and the controller if it is a separate node. Not thread-safe. */
final class Cluster {

    /** An idle machine needs seconds; a loaded build server has needed 25. */
    static final Duration BUDGET = Duration.ofSeconds(60);

    private final ClusterLayout layout;
    private final List<Node> brokers;
    private final List<Node> controllers;

    private Cluster(ClusterLayout layout, Path folder) {
        this.layout = layout;
        this.brokers = IntStream.range(0, layout.brokers())
                .mapToObj(id -> new Node(layout, id, folder.resolve("broker-" + id)))
                .toList();
        this.controllers = layout.controllerStandsApart()
                ? List.of(new Node(layout, layout.controller(), folder.resolve("controller")))
                : List.of();
    }

    /** Another process may take a port after it was chosen, so there is a second try. */
    static Cluster started(ClusterPlan plan, Path folder) {
        KafkaExit.keepThisJvm();
        try {
            return startOnce(plan, folder.resolve("first"));
        } catch (IllegalStateException e) {
            if (!causedByTakenPort(e)) {
                throw e;
            }
            return startOnce(plan, folder.resolve("second"));
        }
    }

    private static Cluster startOnce(ClusterPlan plan, Path folder) {
        var layout = ClusterLayout.onFreePorts(plan, Uuid.randomUuid().toString());
        var cluster = new Cluster(layout, folder);
        try {
            SideBySide.run("start", cluster.nodes(), Node::start);
            cluster.awaitBrokers();
            return cluster;
        } catch (IllegalStateException e) {
            cluster.closeAfter(e);
            throw e;
        }
    }

    private void closeAfter(IllegalStateException failure) {
        try {
            close();
        } catch (IllegalStateException e) {
            failure.addSuppressed(e);
        }
    }

    String bootstrapServers() {
        return layout.bootstrapServers();
    }

    String internalServers() {
        return layout.internalServers();
    }

    short replicas() {
        return layout.replicas();
    }

    void start(int broker) {
        SideBySide.run("start", List.of(broker(broker)), Node::start);
        awaitBrokers();
    }

    void stop(int broker) {
        SideBySide.run("stop", List.of(broker(broker)), Node::stop);
    }

    void startController() {
        SideBySide.run("start", controllers, Node::start);
    }

    void stopController() {
        SideBySide.run("stop", controllers, Node::stop);
    }

    void startAll() {
        SideBySide.run("start", brokers, Node::start);
        awaitBrokers();
    }

    void stopAll() {
        SideBySide.run("stop", brokers, Node::stop);
    }

    /** Stops the controller last, because brokers need it to stop. */
    void close() {
        stopAll();
        SideBySide.run("stop", controllers, Node::stop);
    }

    private Node broker(int number) {
        return brokers.get(Objects.checkIndex(number, brokers.size()));
    }

    private List<Node> nodes() {
        return Stream.concat(controllers.stream(), brokers.stream()).toList();
    }

    private void awaitBrokers() {
        int running = (int) brokers.stream().filter(Node::running).count();
        try (var admin = new TopicAdmin(internalServers())) {
            admin.awaitBrokers(running);
        }
    }

    private static boolean causedByTakenPort(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
