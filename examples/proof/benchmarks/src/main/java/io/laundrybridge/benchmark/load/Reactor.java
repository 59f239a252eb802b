package io.laundrybridge.benchmark.load;

import io.laundrybridge.benchmark.process.Micros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** One thread and the clients that it reads. All their work happens on it; other threads call {@link #ask}. */
final class Reactor {
    private static final int READ_BYTES = 256 * 1024;
    /** Most handshakes at once: servers queue only so many. */
    private static final int OPENING = 32;

    private static final long TICK_MILLIS = 20;

    private final LoadPlan plan;
    private final Selector selector;
    private final byte[] buffer = new byte[READ_BYTES];
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Tally tally = new Tally();
    private final List<Client> clients = new ArrayList<>();
    private int opened;

    Reactor(LoadPlan plan, String name) throws IOException {
        this.plan = plan;
        selector = Selector.open();
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a task on the reactor's thread. */
    <R> R ask(Function<Reactor, R> task) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                answer.complete(task.apply(this));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        selector.wakeup();
        return answer.join();
    }

    private void run() {
        try {
            while (true) {
                selector.select(this::ready, TICK_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                openMore();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        ((Client) key.attachment()).ready(key, buffer, Micros.now());
    }

    private void openMore() throws IOException {
        if (opened == clients.size()) {
            return;
        }
        long opening = clients.stream()
                .limit(opened)
                .filter(client -> client.connected() && !client.ready())
                .count();
        while (opened < clients.size() && opening++ < OPENING) {
            clients.get(opened++).connect(selector, "live");
        }
    }

    // For tasks:

    Tally tally() {
        return tally;
    }

    /** Adds a client, which is opened when its turn comes. */
    void add(int number) {
        clients.add(new Client(plan, number, tally));
    }

    /** Returns the clients, in the order in which they were added. */
    List<Client> clients() {
        return clients;
    }

    /** Lets a client leave and reconnect {@code events} before its place. */
    void comeBackFrom(Client client, long events, long target) {
        try {
            client.comeBackFrom(selector, events, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a client reconnect. */
    void comeBack(Client client, long target) {
        try {
            client.comeBack(selector, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
