package io.laundrybridge.test.delivery;

import io.laundrybridge.test.client.FullClient;
import io.laundrybridge.test.client.WsClient;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps a ledger, drops its connection at random and resumes with the ledger's position at any of the
 * endpoints. Like the browser client, it gives a connection up if two beats in a row are missing: networks drop
 * connections without notice to either end. Its steps are for one thread at a time; the rest is thread-safe.
 */
public final class RoamingClient implements AutoCloseable {
    /** Longest silence of a connection before its welcome, which names the heartbeat. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern HEARTBEAT = Pattern.compile("\"heartbeat\":([0-9]+)");

    private final FleetPlan plan;
    private final DeliveryLedger ledger;
    private final Random random;
    private volatile boolean restless = true;
    private volatile @Nullable Connection connection;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile String refusal = "";

    /** A client of the plan's channel that has no connection yet; {@code seed} decides what it chooses. */
    public RoamingClient(FleetPlan plan, long seed) {
        this.plan = plan;
        this.ledger = new DeliveryLedger(plan.channel());
        this.random = new Random(seed);
    }

    /** Returns the ledger of all its connections. */
    public DeliveryLedger ledger() {
        return ledger;
    }

    /** Returns how often it connected. */
    public int connections() {
        return connections.get();
    }

    /** Returns the newest error that the server answered, or "". */
    public String refusal() {
        return refusal;
    }

    /** Drops no connection by itself from now on, but still comes back if one breaks. */
    public void settle() {
        restless = false;
    }

    /** Connects if there is no connection, and drops one that broke; one time in {@code oneIn} any. */
    public void step(int oneIn) {
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
        URI endpoint = plan.endpoints().get(random.nextInt(plan.endpoints().size()));
        try {
            connection = new Connection(WsClient.connect(endpoint, plan.headers(), FullClient.SUBPROTOCOL)
                    .answeringBeats());
            connections.incrementAndGet();
        } catch (CompletionException notThere) {
            connection = null; // the next step tries again
        }
    }

    private String start() {
        String position = ledger.position();
        return position.isEmpty() ? "earliest" : "at:" + position;
    }

    private static long twoBeats(String welcome) {
        Matcher heartbeat = HEARTBEAT.matcher(welcome);
        return heartbeat.find()
                ? Duration.ofMillis(Long.parseLong(heartbeat.group(1)))
                        .multipliedBy(2)
                        .toNanos()
                : PATIENCE.toNanos();
    }

    /** Guarded by its monitor: once it is dropped, no further line reaches the ledger. */
    private final class Connection {
        private final WsClient socket;
        private boolean dropped;
        private boolean ended;
        private long heardAt = System.nanoTime();
        private long silence = PATIENCE.toNanos();

        Connection(WsClient socket) {
            this.socket = socket;
            socket.telling(this::heard);
            socket.send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"" + plan.channel() + "\",\"from\":\"" + start()
                    + "\",\"else\":\"earliest\"}");
        }

        private synchronized void heard(String line) {
            if (dropped) {
                return;
            }
            heardAt = System.nanoTime();
            if (line.startsWith("{\"op\":\"welcome\"")) {
                silence = twoBeats(line);
            }
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
            return ended || System.nanoTime() - heardAt > silence;
        }

        void drop() {
            synchronized (this) {
                dropped = true;
            }
            socket.close();
        }
    }
}
