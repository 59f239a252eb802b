package io.laundrybridge.test.client;

import io.laundrybridge.test.Await;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A polite client on the JDK's WebSocket: keeps every frame and every line, text or binary alike. Thread-safe; guarded
 * by its monitor.
 */
public final class WsClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Shared by all clients, because each would have its own threads. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final List<WsFrame> frames = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final WebSocket socket;
    private CompletableFuture<?> sends = CompletableFuture.completedFuture(null);
    private Consumer<String> ear = line -> {};
    private boolean answersBeats;
    private boolean forgets;
    private boolean paused;
    private long unread;
    private int closeCode;
    private String closeReason = "";

    private WsClient(URI uri, Map<String, String> headers, List<String> subprotocols) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.get(0),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        socket = builder.buildAsync(uri, new Ear()).join();
    }

    /**
     * Connects.
     *
     * @param subprotocols what to ask for, none for the plain dialect
     * @throws CompletionException with a {@code WebSocketHandshakeException} if the server refuses
     */
    public static WsClient connect(URI uri, String... subprotocols) {
        return connect(uri, Map.of(), subprotocols);
    }

    /**
     * Connects with headers of the caller's own, such as {@code Cookie} or {@code Origin}.
     *
     * @param subprotocols what to ask for, none for the plain dialect
     * @throws CompletionException with a {@code WebSocketHandshakeException} if the server refuses
     */
    public static WsClient connect(URI uri, Map<String, String> headers, String... subprotocols) {
        return new WsClient(uri, headers, List.of(subprotocols));
    }

    /** Answers each beat with the same line, from now on. */
    public synchronized WsClient answeringBeats() {
        answersBeats = true;
        return this;
    }

    /** Calls {@code ear} with each line from now on, in order and under this client's monitor. */
    public synchronized WsClient telling(Consumer<String> ear) {
        this.ear = ear;
        return this;
    }

    /** Keeps no frame and no line from now on: only its ear gets them. */
    public synchronized WsClient forgetting() {
        forgets = true;
        return this;
    }

    /** Returns the subprotocol that the server chose; "" for none. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Sends a text frame, after those before it. */
    public synchronized void send(String text) {
        sends = sends.thenCompose(sent -> socket.sendText(text, true));
    }

    /** Stops reading from the socket; a frame or two may still come. */
    public synchronized void pause() {
        paused = true;
    }

    /** Reads on. */
    public synchronized void resume() {
        paused = false;
        if (unread > 0) {
            socket.request(unread);
            unread = 0;
        }
    }

    /** Returns every frame so far. */
    public synchronized List<WsFrame> frames() {
        return List.copyOf(frames);
    }

    /** Returns every line so far: the frames' content, cut at line feeds. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the first line, past or to come, that {@code wanted} accepts. */
    public String awaitLine(Predicate<String> wanted, Duration deadline) {
        AtomicInteger seen = new AtomicInteger();
        await("a line as wanted", deadline, () -> {
            while (seen.get() < lines.size() && !wanted.test(lines.get(seen.get()))) {
                seen.incrementAndGet();
            }
            return seen.get() < lines.size();
        });
        return lines().get(seen.get());
    }

    /** Waits until {@code count} frames have come and returns all. */
    public List<WsFrame> awaitFrames(int count, Duration deadline) {
        await(count + " frames", deadline, () -> frames.size() >= count);
        return frames();
    }

    /** Returns the close code, once the socket is closed; 1006 if it broke. */
    public int awaitClose(Duration deadline) {
        await("the close", deadline, () -> closeCode != 0);
        return closeCode();
    }

    /** Returns the close code, 0 while the socket is open. */
    public synchronized int closeCode() {
        return closeCode;
    }

    /** Returns the close frame's reason. */
    public synchronized String closeReason() {
        return closeReason;
    }

    /** Drops the connection. */
    @Override
    public void close() {
        socket.abort();
    }

    /** Waits for a condition, which is evaluated under the monitor. */
    private void await(String what, Duration deadline, BooleanSupplier condition) {
        try {
            Await.until(what, deadline, () -> {
                synchronized (this) {
                    return condition.getAsBoolean();
                }
            });
        } catch (AssertionError missed) {
            throw new AssertionError(
                    missed.getMessage() + ". Came: " + lines() + ", closed with " + closeCode() + " " + closeReason(),
                    missed);
        }
    }

    private synchronized void came(WsFrame frame) {
        if (!forgets) {
            frames.add(frame);
        }
        frame.text().lines().forEach(this::came);
    }

    private void came(String line) {
        if (!forgets) {
            lines.add(line);
        }
        ear.accept(line);
        if (answersBeats && line.startsWith("{\"op\":\"beat\"")) {
            send(line);
        }
    }

    private synchronized void closed(int code, String reason) {
        if (closeCode == 0) {
            closeCode = code;
            closeReason = reason;
        }
    }

    private synchronized void readOn(WebSocket webSocket) {
        if (paused) {
            unread++;
        } else {
            webSocket.request(1);
        }
    }

    /** Receives the calls of the JDK; passes whole messages on. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                came(new WsFrame(false, text.toString().getBytes(StandardCharsets.UTF_8)));
                text.setLength(0);
            }
            readOn(webSocket);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            binary.writeBytes(part);
            if (last) {
                came(new WsFrame(true, binary.toByteArray()));
                binary.reset();
            }
            readOn(webSocket);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed(1006, error.toString());
        }
    }
}
