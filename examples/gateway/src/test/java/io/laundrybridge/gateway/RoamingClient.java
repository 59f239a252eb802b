package io.laundrybridge.gateway;

import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.delivery.DeliveryLedger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps a ledger, drops its connection at random and resumes with the ledger's position at any of the
 * endpoints. Like the browser client, it gives a connection up if no beat has come for too long: networks drop
 * connections without a message to either end. Call its steps on one thread at a time.
 */
final class RoamingClient implements AutoCloseable {
    /** The gateways' interval of beats, short enough to tell silence from a pause within a test's patience. */
    static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final String CHANNEL = "machines";
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(2);

    private final DeliveryLedger ledger = new DeliveryLedger(CHANNEL);
    private final List<URI> endpoints;
    private final Random random;
    private volatile boolean restless = true;
    private volatile @Nullable Connection connection;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile String refusal = "";

    RoamingClient(List<URI> endpoints, long seed) {
        this.endpoints = endpoints;
        this.random = new Random(seed);
    }

    DeliveryLedger ledger() {
        return ledger;
    }

    int connections() {
        return connections.get();
    }

    /** The newest error of the server, or "". */
    String refusal() {
        return refusal;
    }

    /** From now on it drops no connection itself; it still reconnects after others do. */
    void settle() {
        restless = false;
    }

    /** Reconnects if the connection broke, or drops it one time in {@code oneIn}. */
    void step(int oneIn) {
        Connection now = connection;
        if (now == null) {
            connect();
        } else if (now.isOver() || (restless && random.nextInt(oneIn) == 0)) {
            close();
        }
    }

    @Override
    public void close() {
        Connection now = connection;
        connection = null;
        if (now != null) {
            now.drop();
        }
    }

    private void connect() {
        URI endpoint = endpoints.get(random.nextInt(endpoints.size()));
        try {
            connection = new Connection(
                    WsClient.connect(endpoint, "laundry-bridge.v1").answeringBeats());
            connections.incrementAndGet();
        } catch (CompletionException notThere) {
            connection = null; // the next step tries again
        }
    }

    private String start() {
        String position = ledger.position();
        return position.isEmpty() ? "earliest" : "at:" + position;
    }

    /** Guarded by its monitor: once it is dropped, no further line reaches the ledger. */
    private final class Connection {
        private final WsClient socket;
        private boolean dropped;
        private boolean ended;
        private long heardAt = System.nanoTime();

        Connection(WsClient socket) {
            this.socket = socket;
            socket.telling(this::heard);
            socket.send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"" + CHANNEL + "\",\"from\":\"" + start()
                    + "\",\"else\":\"earliest\"}");
        }

        private synchronized void heard(String line) {
            if (dropped) {
                return;
            }
            heardAt = System.nanoTime();
            if (line.startsWith("{\"op\":\"error\"")) {
                refusal = line;
                ended = true;
            }
            ended |= line.startsWith("{\"op\":\"unsubscribed\"");
            ledger.take(line);
        }

        boolean isOver() {
            return socket.closeCode() != 0 || hasEnded();
        }

        private synchronized boolean hasEnded() {
            return ended || System.nanoTime() - heardAt > SILENCE.toNanos();
        }

        void drop() {
            synchronized (this) {
                dropped = true;
            }
            socket.close();
        }
    }
}
