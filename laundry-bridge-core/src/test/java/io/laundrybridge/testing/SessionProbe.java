package io.laundrybridge.testing;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.test.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A session without a socket: the test is the client and the network. It can stop reading, so that a send stays in
 * flight, and it records every line. Thread-safe.
 */
public final class SessionProbe implements Transport {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<String> lines = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();
    private final Deque<SendCompletion> held = new ArrayDeque<>();
    private final boolean answersBeats;
    /** Beats that came before {@code accept()} returned. */
    private final List<String> earlyBeats = new ArrayList<>();
    /** A container makes one call at a time, and the worker answers beats while the test speaks. */
    private final Object speaking = new Object();

    private @Nullable Inbound inbound;
    private boolean reading = true;
    private int inFlight;
    private int compressed;
    private long wireBytes;
    private int mostInFlight;
    private int pings;
    private int closeCode;
    private String closeReason = "";
    private boolean aborted;
    private boolean cut;

    private SessionProbe(boolean answersBeats) {
        this.answersBeats = answersBeats;
    }

    /** A full session of an anonymous client that answers beats. */
    public static SessionProbe full(WebSocketSink sink) {
        return open(sink, List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.ANONYMOUS, true);
    }

    /** A plain session of an anonymous client with these query parameters. */
    public static SessionProbe plain(WebSocketSink sink, Map<String, List<String>> query) {
        return open(sink, List.of(), query, Caller.ANONYMOUS, true);
    }

    /** Any session. */
    public static SessionProbe open(
            WebSocketSink sink,
            List<String> subprotocols,
            Map<String, List<String>> query,
            Caller caller,
            boolean answersBeats) {
        return open(sink, new Handshake(subprotocols, query, caller), answersBeats);
    }

    /** A session from {@code address}. */
    public static SessionProbe from(
            String address,
            WebSocketSink sink,
            List<String> subprotocols,
            Map<String, List<String>> query,
            Caller caller) {
        return open(sink, new Handshake(subprotocols, query, caller, address, ""), true);
    }

    /** A session of any handshake. */
    public static SessionProbe open(WebSocketSink sink, Handshake handshake, boolean answersBeats) {
        SessionProbe probe = new SessionProbe(answersBeats);
        Inbound accepted = sink.accept(handshake, probe);
        List<String> beats;
        synchronized (probe) {
            probe.inbound = accepted;
            if (probe.cut) {
                accepted.closed();
            }
            beats = List.copyOf(probe.earlyBeats);
        }
        beats.forEach(probe::say);
        return probe;
    }

    /** Sends a line as one text message. */
    public SessionProbe say(String line) {
        Inbound accepted = inbound();
        synchronized (speaking) {
            accepted.text(line, true);
        }
        return this;
    }

    /** Subscribes with id 1; {@code rest} are more fields, beginning with a comma, or "". */
    public SessionProbe subscribe(String channel, String rest) {
        return say("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"" + channel + "\"" + rest + "}");
    }

    /** The container's side, for input that no line makes. */
    public synchronized Inbound inbound() {
        return Objects.requireNonNull(inbound, "accept() has not returned yet");
    }

    /** Stops taking what is sent: the next send stays in flight. */
    public synchronized void stopReading() {
        reading = false;
    }

    /** Takes again, what was held first. */
    public void readAgain() {
        read(true);
    }

    /** Takes what was held, and holds what comes next. */
    public void readOnce() {
        read(false);
    }

    private void read(boolean on) {
        List<SendCompletion> waiting;
        synchronized (this) {
            reading = on;
            waiting = List.copyOf(held);
            held.clear();
            inFlight -= waiting.size();
        }
        waiting.forEach(completion -> completion.done(null));
    }

    /** The connection breaks; a sink may have it closed before {@code accept()} returns. */
    public void cut() {
        Inbound accepted;
        synchronized (this) {
            cut = true;
            accepted = inbound;
        }
        if (accepted != null) {
            accepted.closed();
        }
    }

    /** Every line or plain value so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines so far, without the first {@code skipped}. */
    public synchronized List<String> linesFrom(int skipped) {
        return List.copyOf(lines.subList(skipped, lines.size()));
    }

    /** Every frame so far. */
    public synchronized List<String> frames() {
        return List.copyOf(frames);
    }

    /** The lines that hold events. */
    public List<String> events() {
        return lines().stream().filter(line -> line.startsWith("{\"ch\":")).toList();
    }

    /** Waits for a line that {@code wanted} accepts. */
    public String await(String what, Predicate<String> wanted) {
        Await.until(() -> what + ", got " + tail(), SOON, () -> lines().stream().anyMatch(wanted));
        return lines().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits for a line that contains {@code text}. */
    public String await(String text) {
        return await("a line with " + text, line -> line.contains(text));
    }

    /**
     * Waits for a beat once {@code time} has gone by on {@code clock}, and a little more: sessions are looked at in
     * parts.
     */
    public void awaitBeatAfter(Duration time, AtomicLong clock) {
        clock.addAndGet(time.toNanos());
        Await.until("a beat", SOON, () -> {
            clock.addAndGet(20_000_000);
            return lines().stream().anyMatch(line -> line.contains("\"op\":\"beat\""));
        });
    }

    /** Lets so much time pass on {@code clock} that no session of its worker is new, which it notices in parts. */
    public void growOlder(AtomicLong clock) {
        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        for (int ping = 1_000; ping < 1_020; ping++) {
            clock.addAndGet(Duration.ofMillis(125).toNanos());
            say("{\"op\":\"ping\",\"id\":" + ping + "}").await("\"op\":\"pong\",\"id\":" + ping);
        }
    }

    /** Waits until {@code count} events came, and returns them. */
    public List<String> awaitEvents(int count) {
        Await.until(
                () -> count + " events, got " + events().size() + ", the last lines " + tail(),
                SOON,
                () -> events().size() >= count);
        return events();
    }

    /** Waits until the server closes, and returns the code. */
    public int awaitClose() {
        Await.until("a close", SOON, () -> closeCode() != 0);
        return closeCode();
    }

    public synchronized int closeCode() {
        return closeCode;
    }

    public synchronized String closeReason() {
        return closeReason;
    }

    public synchronized boolean aborted() {
        return aborted;
    }

    /** The most sends that were ever in flight together; one is right. */
    public synchronized int mostInFlight() {
        return mostInFlight;
    }

    /** How many frames came compressed. */
    public synchronized int compressed() {
        return compressed;
    }

    /** What the frames of lines weighed as they came. */
    public synchronized long wireBytes() {
        return wireBytes;
    }

    public synchronized int pings() {
        return pings;
    }

    private synchronized String tail() {
        return lines.subList(Math.max(0, lines.size() - 5), lines.size()).toString();
    }

    @Override
    public void send(Frame sent, SendCompletion completion) {
        byte[] bytes = new byte[sent.bytes()];
        sent.payload().get(bytes);
        boolean packed = bytes.length > 0 && bytes[0] == 0;
        synchronized (this) {
            compressed += packed ? 1 : 0;
            wireBytes += bytes.length;
        }
        String frame = packed ? inflated(bytes) : sent.text();
        take(frame, sent.isText() ? List.of(frame) : List.of(frame.split("\n")), completion);
    }

    private static String inflated(byte[] frame) {
        Inflater inflater = new Inflater(true);
        try (InputStream rest = new ByteArrayInputStream(frame, 1, frame.length - 1);
                InputStream lines = new InflaterInputStream(rest, inflater)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("a frame does not inflate by itself", e);
        } finally {
            inflater.end();
        }
    }

    @Override
    public void ping(SendCompletion completion) {
        synchronized (this) {
            pings++;
        }
        completion.done(null);
    }

    private void take(String frame, List<String> content, SendCompletion completion) {
        synchronized (this) {
            frames.add(frame);
            lines.addAll(content);
            mostInFlight = Math.max(mostInFlight, ++inFlight);
            if (!reading) {
                held.add(completion);
                return;
            }
            inFlight--;
        }
        if (answersBeats) {
            content.stream()
                    .filter(line -> line.startsWith("{\"op\":\"beat\""))
                    .filter(beat -> !isEarly(beat))
                    .forEach(this::say);
        }
        completion.done(null);
    }

    private synchronized boolean isEarly(String beat) {
        return inbound == null && earlyBeats.add(beat);
    }

    @Override
    public int maxBatchBytes() {
        return 64 << 10;
    }

    @Override
    public void close(int code, String reason) {
        synchronized (this) {
            closeCode = code;
            closeReason = reason;
        }
        cut();
    }

    @Override
    public void abort() {
        List<SendCompletion> waiting;
        synchronized (this) {
            aborted = true;
            waiting = List.copyOf(held);
            held.clear();
        }
        waiting.forEach(completion -> completion.done(new IOException("aborted")));
    }
}
