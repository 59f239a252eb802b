package io.laundrybridge.test.client;

import io.laundrybridge.test.Await;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Clients that connect one after the other while a node starts and stops. Each subscribes to existing channels, and
 * leaves once all were answered or the server has closed. Thread-safe.
 */
public final class Newcomers implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** The close codes after which no client reconnects. */
    private static final Set<Integer> FINAL = Set.of(4400, 4403, 4410, 4426);

    private final Supplier<URI> address;
    private final List<String> channels;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean over;

    private Newcomers(Supplier<URI> address, List<String> channels) {
        this.address = address;
        this.channels = channels;
    }

    /** Connects two at a time to the present value of {@code address} and subscribes to {@code channels}. */
    public static Newcomers to(Supplier<URI> address, List<String> channels) {
        Newcomers newcomers = new Newcomers(address, channels);
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(newcomers::keepComing, "newcomers");
            newcomers.threads.add(thread);
            thread.start();
        }
        return newcomers;
    }

    /** Returns how many were subscribed to every channel that they asked for. */
    public int served() {
        return served.get();
    }

    /** Waits until {@code count} more clients were served. */
    public void awaitServed(int count) {
        int enough = served.get() + count;
        Await.until("newcomers are served", SOON, () -> served.get() >= enough || !complaints.isEmpty());
    }

    /** Returns a final refusal that any of them received, or that one received nothing. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void keepComing() {
        while (!over) {
            try (WsClient client = WsClient.connect(address.get(), FullClient.SUBPROTOCOL)) {
                ask(client.answeringBeats());
            } catch (CompletionException nobodyListens) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void ask(WsClient client) {
        for (int id = 0; id < channels.size(); id++) {
            client.send("{\"op\":\"subscribe\",\"id\":" + id + ",\"ch\":\"" + channels.get(id) + "\"}");
        }
        try {
            Await.until("answers", SOON, () -> client.closeCode() != 0 || count(client, "\"id\":") >= channels.size());
        } catch (AssertionError silence) {
            complaints.add("silence after " + client.lines());
        }
        client.lines().stream().filter(line -> line.contains("\"retry\":false")).forEach(complaints::add);
        if (FINAL.contains(client.closeCode())) {
            complaints.add("closed with " + client.closeCode() + " " + client.closeReason());
        }
        if (count(client, "\"op\":\"subscribed\"") == channels.size()) {
            served.incrementAndGet();
        }
    }

    private static long count(WsClient client, String text) {
        return client.lines().stream().filter(line -> line.contains(text)).count();
    }
}
