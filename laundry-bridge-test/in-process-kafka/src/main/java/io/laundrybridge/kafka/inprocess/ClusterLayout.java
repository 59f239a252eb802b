package io.laundrybridge.kafka.inprocess;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The listeners of each node, and the settings that follow from them.
 *
 * <p>The brokers are nodes 0, 1, ... A single one is its own controller, which makes it quick to stop and start.
 * Several get one more node that is the controller and nothing else: a broker that stops needs the controller's
 * consent. It would wait for minutes if it had stopped the controllers' majority itself.
 */
record ClusterLayout(
        String clusterId,
        List<Integer> brokerPorts,
        List<Integer> advertisedPorts,
        List<Integer> internalPorts,
        int controllerPort,
        Map<String, String> custom) {

    static final int MAX_REPLICAS = 3;
    static final String HOST = "127.0.0.1";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String CLIENTS = "CLIENTS";
    private static final String INTERNAL = "INTERNAL";

    static ClusterLayout onFreePorts(ClusterPlan plan, String clusterId) {
        int brokers = plan.brokers();
        var ports = new ArrayList<>(FreePorts.choose(2 * brokers + 1));
        var clientPorts = List.copyOf(ports.subList(0, brokers));
        var advertised = clientPorts.stream()
                .map(port -> plan.advertisedPort().applyAsInt(port))
                .toList();
        var internal = List.copyOf(ports.subList(brokers, 2 * brokers));
        return new ClusterLayout(clusterId, clientPorts, advertised, internal, ports.get(2 * brokers), plan.settings());
    }

    int brokers() {
        return brokerPorts.size();
    }

    boolean controllerStandsApart() {
        return brokers() > 1;
    }

    /** Returns the controller's node id. */
    int controller() {
        return controllerStandsApart() ? brokers() : 0;
    }

    short replicas() {
        return (short) Math.min(brokers(), MAX_REPLICAS);
    }

    String bootstrapServers() {
        return addresses(advertisedPorts);
    }

    /** Returns the brokers' address for each other, without the proxies between them and clients. */
    String internalServers() {
        return addresses(internalPorts);
    }

    private static String addresses(List<Integer> ports) {
        return ports.stream().map(port -> HOST + ":" + port).collect(joining(","));
    }

    Properties settings(int id, Path data) {
        var settings = new Properties();
        settings.put("node.id", Integer.toString(id));
        settings.put("log.dirs", data.toString());
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("controller.quorum.voters", controller() + "@" + HOST + ":" + controllerPort);
        settings.put(
                "listener.security.protocol.map",
                Stream.of(CLIENTS, INTERNAL, CONTROLLER_LISTENER)
                        .map(name -> name + ":PLAINTEXT")
                        .collect(joining(",")));
        settings.put("process.roles", String.join(",", roles(id)));
        listeners(settings, id);
        replication(settings);
        smallAndQuick(settings);
        settings.putAll(custom);
        return settings;
    }

    private List<String> roles(int id) {
        if (controllerStandsApart()) {
            return List.of(id == controller() ? "controller" : "broker");
        }
        return List.of("broker", "controller");
    }

    private void listeners(Properties settings, int id) {
        var listeners = new ArrayList<String>();
        if (id < brokers()) {
            String internal = listener(INTERNAL, internalPorts.get(id));
            listeners.add(listener(CLIENTS, brokerPorts.get(id)));
            listeners.add(internal);
            settings.put("advertised.listeners", listener(CLIENTS, advertisedPorts.get(id)) + "," + internal);
            settings.put("inter.broker.listener.name", INTERNAL);
        }
        if (id == controller()) {
            listeners.add(listener(CONTROLLER_LISTENER, controllerPort));
        }
        settings.put("listeners", String.join(",", listeners));
    }

    private static String listener(String name, int port) {
        return name + "://" + HOST + ":" + port;
    }

    private void replication(Properties settings) {
        String replicas = Short.toString(replicas());
        String inSync = Integer.toString(Math.max(1, replicas() - 1));
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", replicas);
        for (var topic : List.of("transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", replicas);
            settings.put(topic + ".min.isr", inSync);
        }
    }

    private static void smallAndQuick(Properties settings) {
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Without it a node that comes back waits for its own old registration to expire.
        settings.put("controlled.shutdown.enable", "true");
        settings.put("broker.session.timeout.ms", "4000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("server.max.startup.time.ms", Long.toString(Cluster.BUDGET.toMillis()));
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        // The first write into an index of Kafka's 10 MiB takes 2 ms on some disks; each partition has two.
        settings.put("log.index.size.max.bytes", Integer.toString(256 * 1024));
        // Nodes of one JVM would have MBeans of equal names.
        settings.put("metrics.jmx.exclude", ".*");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
    }
}
