package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.process.Micros;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Sessions that read one of many channels each, and count and time its events. Used by one thread. */
final class TopicClients implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Handshakes under way at the same time. */
    private static final int AT_ONCE = 100;

    private static final long LONGEST = TimeUnit.MINUTES.toMicros(10);
    private static final String VALUE = "\"v\":{";
    private static final String DUE = "\"ts\":";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Client> clients = new ArrayList<>();
    private final Recorder latencies = new Recorder(1, LONGEST, 3);
    private final int topics;

    private TopicClients(int topics) {
        this.topics = topics;
    }

    /** Opens {@code number} sessions, which read the channels in turn, and waits until all are subscribed. */
    static TopicClients open(URI address, int number, int topics) {
        TopicClients opened = new TopicClients(topics);
        for (int i = 0; i < number; i += AT_ONCE) {
            opened.open(address, Math.min(number, i + AT_ONCE));
        }
        return opened;
    }

    private void open(URI address, int number) {
        List<CompletableFuture<?>> subscribed = new ArrayList<>();
        while (clients.size() < number) {
            Client client = new Client(Load.channel(clients.size() % topics), latencies);
            clients.add(client);
            subscribed.add(http.newWebSocketBuilder()
                    .subprotocols("laundry-bridge.v1")
                    .buildAsync(address, client)
                    .thenCompose(socket -> client.subscribed));
        }
        CompletableFuture.allOf(subscribed.toArray(CompletableFuture[]::new))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Returns how many events have come. */
    long events() {
        return clients.stream().mapToLong(client -> client.events.sum()).sum();
    }

    /** Returns the times in microseconds from when events were due until they were read, since the last call. */
    Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    /** Returns how many sessions have ended. */
    long closed() {
        return clients.stream().filter(client -> client.closed).count();
    }

    /** Returns how many events must come if this number was produced to the topics in turn. */
    long expected(long produced) {
        long expected = 0;
        for (int i = 0; i < clients.size(); i++) {
            long topic = i % topics;
            expected += produced / topics + (topic < produced % topics ? 1 : 0);
        }
        return expected;
    }

    @Override
    public void close() {
        clients.forEach(Client::abort);
    }

    /** One session. Its socket calls it, one call at a time. */
    @SuppressWarnings("FutureReturnValueIgnored") // what cannot be sent ends the session, and onError tells that
    private static final class Client implements WebSocket.Listener {
        private final String channel;
        private final Recorder latencies;
        private final LongAdder events = new LongAdder();
        private final CompletableFuture<Boolean> subscribed = new CompletableFuture<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private volatile boolean closed;
        private volatile @Nullable WebSocket socket;

        private Client(String channel, Recorder latencies) {
            this.channel = channel;
            this.latencies = latencies;
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            opened.sendText("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"" + channel + "\"}", true);
            opened.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            message.writeBytes(bytes);
            if (last) {
                message.toString(StandardCharsets.UTF_8).lines().forEach(line -> line(from, line));
                message.reset();
            }
            from.request(1);
            return null;
        }

        private void line(WebSocket from, String line) {
            if (line.startsWith("{\"ch\"")) {
                events.increment();
                latencies.recordValue(Math.max(1, Math.min(Micros.now() - due(line), LONGEST)));
            } else if (line.startsWith("{\"op\":\"subscribed\"")) {
                subscribed.complete(true);
            } else if (line.startsWith("{\"op\":\"beat\"")) {
                from.sendText(line, true);
            }
        }

        /** Returns when an event was due for production, microseconds since 1970. */
        private static long due(String event) {
            int from = event.indexOf(DUE, event.indexOf(VALUE)) + DUE.length();
            return Long.parseLong(event, from, event.indexOf(',', from), 10);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended(new IllegalStateException("closed with " + code + " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            ended(failure);
        }

        private void ended(Throwable failure) {
            closed = true;
            subscribed.completeExceptionally(failure);
        }

        private void abort() {
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
        }
    }
}
