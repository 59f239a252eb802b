package io.laundrybridge.source.kafka;

import io.laundrybridge.kafka.Backoff;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether something listens at the addresses of {@code bootstrap.servers}. A new Kafka client logs a hundred
 * lines, so one is made only if it may find a broker.
 */
final class BootstrapProbe {
    private static final Logger LOG = LoggerFactory.getLogger(BootstrapProbe.class);
    private static final int TIMEOUT_MILLIS = 1_000;

    private final String servers;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));
    private Duration next = backoff.next();

    BootstrapProbe(String servers) {
        this.servers = servers;
    }

    /** Starts over because Kafka has answered. */
    void reset() {
        backoff.reset();
        next = backoff.next();
    }

    /**
     * Returns whether to replace a client that has failed for {@code time}. Each replacement waits longer than the one
     * before.
     */
    boolean wantsNewClient(Duration time) {
        if (time.compareTo(next) < 0 || !anybodyListens()) {
            return false;
        }
        next = backoff.next();
        return true;
    }

    private boolean anybodyListens() {
        for (String server : servers.replaceAll("[\\[\\]\\s]", "").split(",", -1)) {
            int colon = server.lastIndexOf(':');
            if (colon > 0 && listens(server.substring(0, colon), server.substring(colon + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean listens(String host, String port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), TIMEOUT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("No server listens at {}:{}", host, port, e);
            return false;
        }
    }
}
