package io.laundrybridge.example.database;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how old rows are at each hop: when Kafka has them, when the bridge reads them and when a client gets them.
 * All hops are on this machine, so that one clock counts.
 */
final class RowAges implements WebSocket.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(RowAges.class);
    private static final String HELLO = "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\",\"from\":\"live\"}";

    /** Rows from before are old already, because machines, capture and bridge have just started. */
    private final long begun = System.currentTimeMillis();

    private final Ages kafka = new Ages();
    private final Ages bridge = new Ages();
    private final Ages client = new Ages();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    private RowAges() {}

    /**
     * Reads rows for {@code time}, and returns the table of their ages.
     *
     * @param endpoint the bridge's endpoint
     */
    static String measure(URI endpoint, Duration time) throws InterruptedException {
        RowAges ages = new RowAges();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("laundry-bridge.v1")
                .buildAsync(endpoint, ages)
                .join();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        socket.abort();
        return "age of a row in ms since its commit\n"
                + "  at Kafka      " + ages.kafka.line() + "\n"
                + "  at the bridge " + ages.bridge.line() + "\n"
                + "  at the client " + ages.client.line();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a socket that cannot send has no rows to measure
    public void onOpen(WebSocket socket) {
        socket.sendText(HELLO, true);
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        long now = System.currentTimeMillis();
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        frame.writeBytes(bytes);
        if (last) {
            frame.toString(StandardCharsets.UTF_8).lines().forEach(line -> read(socket, line, now));
            frame.reset();
        }
        socket.request(1);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        LOG.warn("The rows are measured no longer", error);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        LOG.warn("The bridge has closed the connection: {} {}", code, reason);
        return CompletableFuture.completedFuture(null);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void read(WebSocket socket, String line, long now) {
        JsonNode read = JsonMapper.shared().readTree(line);
        if (read.path("op").asString("").equals("beat")) {
            socket.sendText(line, true);
        }
        JsonNode change = read.path("v").path("_change");
        long committed = change.path("committed").asLong(0);
        if (committed >= begun) {
            kafka.add(read.get("ts").longValue() - committed);
            bridge.add(change.get("received").longValue() - committed);
            client.add(now - committed);
        }
    }
}
