package io.laundrybridge.gateway;

import io.laundrybridge.test.Await;
import io.laundrybridge.test.delivery.DeliveryJudge;
import io.laundrybridge.test.delivery.Incarnation;
import io.laundrybridge.test.kafka.CommittedRecord;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Many roaming clients, stepped every 50 ms. Thread-safe. */
final class Fleet implements AutoCloseable {
    private static final int STEP_MILLIS = 50;
    private static final int THREADS = 4;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final List<RoamingClient> clients;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Fleet(List<RoamingClient> clients) {
        this.clients = clients;
    }

    /** Starts {@code count} roaming clients, each of which drops its connection about every {@code stay}. */
    static Fleet roam(int count, List<URI> endpoints, Duration stay, long seed) {
        Fleet fleet = new Fleet(IntStream.range(0, count)
                .mapToObj(i -> new RoamingClient(endpoints, seed + i))
                .toList());
        int oneIn = Math.toIntExact(Math.max(1, stay.toMillis() / STEP_MILLIS));
        fleet.clients.forEach(client -> fleet.keepStepping(client, oneIn));
        return fleet;
    }

    List<RoamingClient> clients() {
        return clients;
    }

    void settle() {
        clients.forEach(RoamingClient::settle);
    }

    /** Waits until each client has passed the last of {@code committed} in every partition. */
    void awaitAll(Collection<CommittedRecord> committed, Duration deadline) {
        Map<Integer, Long> ends = committed.stream()
                .collect(Collectors.toMap(CommittedRecord::partition, record -> record.offset() + 1, Math::max));
        try {
            Await.until("every client at " + ends, deadline, () -> {
                checkHealthy();
                return clients.stream().allMatch(client -> hasReached(client, ends));
            });
        } catch (AssertionError missed) {
            throw new AssertionError(missed.getMessage() + "; behind: " + behind(ends), missed);
        }
    }

    /** Waits until each client is in its {@code count}th incarnation or a later one. */
    void awaitIncarnations(int count, Duration deadline) {
        Await.until("a reset at every client", deadline, () -> {
            checkHealthy();
            return clients.stream().allMatch(client -> client.ledger().begun() >= count);
        });
    }

    /** Returns the faults of all clients. */
    List<String> violations(List<CommittedRecord> committed) {
        DeliveryJudge judge = new DeliveryJudge(committed);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            for (String violation : judge.violations(clients.get(i).ledger())) {
                all.add("client " + i + ": " + violation);
            }
        }
        return all;
    }

    /** Returns the incarnation of each client. */
    List<Incarnation> present() {
        return clients.stream()
                .map(client -> client.ledger().incarnations())
                .map(incarnations -> incarnations.get(incarnations.size() - 1))
                .toList();
    }

    /** Returns how often all clients together connected. */
    int connections() {
        return clients.stream().mapToInt(RoamingClient::connections).sum();
    }

    /** Returns the number of events of all clients together. */
    long events() {
        return clients.stream().mapToLong(client -> client.ledger().events()).sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.forEach(RoamingClient::close);
    }

    private void keepStepping(RoamingClient client, int oneIn) {
        Future<?> unused =
                threads.scheduleWithFixedDelay(() -> step(client, oneIn), 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void step(RoamingClient client, int oneIn) {
        try {
            client.step(oneIn);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void checkHealthy() {
        Throwable broken = failure.get();
        if (broken != null) {
            throw new IllegalStateException("A client broke", broken);
        }
    }

    private static boolean hasReached(RoamingClient client, Map<Integer, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> client.ledger().next(end.getKey()) >= end.getValue());
    }

    private Map<Integer, String> behind(Map<Integer, Long> ends) {
        Map<Integer, String> behind = new ConcurrentHashMap<>();
        for (int i = 0; i < clients.size(); i++) {
            RoamingClient client = clients.get(i);
            if (!hasReached(client, ends)) {
                behind.put(i, client.ledger().position() + " " + client.refusal());
            }
        }
        return behind;
    }
}
