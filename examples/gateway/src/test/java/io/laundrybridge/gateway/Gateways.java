package io.laundrybridge.gateway;

import io.laundrybridge.test.Await;
import io.laundrybridge.test.delivery.ClientFleet;
import io.laundrybridge.test.delivery.FleetPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Gateway processes side by side over one topic, each on a port that it keeps over restarts. For one thread. */
final class Gateways implements AutoCloseable {
    private static final List<String> SMALL = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");
    /** Below the ports that systems give to outgoing connections, which could take a killed gateway's port. */
    private static final int LOWEST_PORT = 12_000;

    private static final int PORTS = 7_000;
    /** The gateways' interval of beats, short enough to tell silence from a pause within a test's patience. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final String topic;
    private final long memory;
    private final List<Integer> ports = new ArrayList<>();
    private final List<RunningGateway> running = new ArrayList<>();

    private Gateways(String bootstrapServers, String topic, long memory) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.memory = memory;
    }

    /** Starts {@code count} gateways with the default memory, and waits until they listen. */
    static Gateways start(int count, String bootstrapServers, String topic) throws IOException {
        return start(count, bootstrapServers, topic, 32 << 20);
    }

    /** Starts them with this many bytes of memory for the channel: what does not fit is read from Kafka again. */
    static Gateways start(int count, String bootstrapServers, String topic, long memory) throws IOException {
        Gateways gateways = new Gateways(bootstrapServers, topic, memory);
        try {
            for (int i = 0; i < count; i++) {
                gateways.ports.add(freePort(gateways.ports));
                gateways.running.add(gateways.process(i));
            }
            gateways.running.forEach(RunningGateway::endpoint);
            return gateways;
        } catch (IOException | RuntimeException | Error e) {
            gateways.close();
            throw e;
        }
    }

    /** Returns their addresses, running or not. */
    List<URI> endpoints() {
        return ports.stream()
                .map(port -> URI.create("ws://127.0.0.1:" + port + "/laundry"))
                .toList();
    }

    /** Starts {@code count} clients of channel {@code machines} that roam between {@code endpoints}. */
    static ClientFleet fleet(int count, List<URI> endpoints, Duration stay, long seed) {
        return ClientFleet.roam(FleetPlan.of("machines", endpoints.toArray(URI[]::new))
                .clients(count)
                .stay(stay)
                .seed(seed));
    }

    /** Ends one as {@code kill -9} does, and waits until it is gone. */
    void kill(int gateway) {
        Process process = running.get(gateway).process();
        process.destroyForcibly();
        Await.until("the end of a gateway", Duration.ofSeconds(20), () -> !process.isAlive());
    }

    /** Returns the bytes in use on the heap of one, after a collection. */
    long heap(int gateway) throws IOException {
        return running.get(gateway).heap();
    }

    /** Halts one at any moment. */
    void halt(int gateway) throws IOException {
        signal("-STOP", gateway);
    }

    /** Lets the halted ones continue. */
    void goOn() throws IOException {
        for (int i = 0; i < running.size(); i++) {
            signal("-CONT", i);
        }
    }

    private void signal(String name, int gateway) throws IOException {
        Process process = running.get(gateway).process();
        Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
        Await.until("a signal", Duration.ofSeconds(20), () -> !kill.isAlive());
    }

    /** Starts a killed one, on its old port, and waits until it listens. */
    void restart(int gateway) throws IOException {
        running.set(gateway, process(gateway));
        running.get(gateway).endpoint();
    }

    @Override
    public void close() {
        running.forEach(RunningGateway::close);
    }

    private RunningGateway process(int gateway) throws IOException {
        return RunningGateway.with(
                SMALL,
                bootstrapServers,
                topic,
                "--port=" + ports.get(gateway),
                "--laundry-bridge.channels.machines.retain-bytes=" + memory,
                "--laundry-bridge.heartbeat=" + HEARTBEAT,
                "--laundry-bridge.startup-timeout=2m");
    }

    private static int freePort(List<Integer> taken) {
        Random random = new Random();
        for (int i = 0; i < 1_000; i++) {
            int port = LOWEST_PORT + random.nextInt(PORTS);
            if (!taken.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port from " + LOWEST_PORT + " on");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
