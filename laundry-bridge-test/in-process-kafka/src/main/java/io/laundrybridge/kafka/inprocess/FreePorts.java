package io.laundrybridge.kafka.inprocess;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/**
 * Chooses loopback ports that are free now, below the range for outgoing connections. A client that connects to a
 * stopped broker's port in that range could get this port itself. The broker could then not start again.
 */
final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    private FreePorts() {}

    static Set<Integer> choose(int count) {
        var chosen = new LinkedHashSet<Integer>();
        var random = new Random();
        for (int tries = 0; tries < TRIES && chosen.size() < count; tries++) {
            int port = LOWEST + random.nextInt(HIGHEST - LOWEST);
            if (free(port)) {
                chosen.add(port);
            }
        }
        if (chosen.size() < count) {
            throw new IllegalStateException("Found " + chosen.size() + " free ports of " + count + " between " + LOWEST
                    + " and " + HIGHEST + " on " + ClusterLayout.HOST);
        }
        return chosen;
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
