package io.laundrybridge.source.kafka;

import io.laundrybridge.kafka.Backoff;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether something listens at the addresses of {@code bootstrap.servers}. Kafka's client logs each try to
 * connect, and a hundred lines when it is made. So none is needed while nothing listens. Confined to one thread.
 */
final class BootstrapProbe {
    private static final Logger LOG = LoggerFactory.getLogger(BootstrapProbe.class);
    private static final int TIMEOUT_MILLIS = 1_000;

    /** The time that a client has to find a broker, and between two looks while it tries. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The time between two looks while there is no client. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final String servers;
    private final LongSupplier nanoTime;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(2));
    private Duration replaceAt = Duration.ZERO;
    private long lookedAt;
    private boolean listens;

    BootstrapProbe(String servers, LongSupplier nanoTime) {
        this.servers = servers;
        this.nanoTime = nanoTime;
        reset();
    }

    /** Starts over because Kafka has answered. */
    void reset() {
        backoff.reset();
        replaceAt = backoff.next();
        lookedAt = nanoTime.getAsLong() - PATIENCE.toNanos();
        listens = true;
    }

    /**
     * Returns what to do with a client, after failures for {@code time}. One that finds no broker is replaced when
     * something begins to listen, and else rarely, each time after a longer pause.
     *
     * @param isOpen whether there is a client; else the last could not be made, or was closed
     */
    ClientAdvice advice(Duration time, boolean isOpen) {
        if (isOpen && time.compareTo(PATIENCE) < 0) {
            return ClientAdvice.KEEP;
        }
        boolean before = listens;
        look(isOpen ? PATIENCE : INTERVAL);
        if (!listens) {
            return ClientAdvice.CLOSE;
        }
        if (before && time.compareTo(replaceAt) < 0) {
            return isOpen ? ClientAdvice.KEEP : ClientAdvice.CLOSE;
        }
        replaceAt = time.plus(backoff.next());
        return ClientAdvice.REPLACE;
    }

    private void look(Duration interval) {
        if (nanoTime.getAsLong() - lookedAt >= interval.toNanos()) {
            listens = anybodyListens();
            lookedAt = nanoTime.getAsLong();
        }
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
