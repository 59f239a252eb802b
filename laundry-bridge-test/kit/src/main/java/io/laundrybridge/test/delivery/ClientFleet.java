package io.laundrybridge.test.delivery;

import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.CommittedRecord;
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

/**
 * Many clients of one channel that lose their connections at random and resume, each with a ledger: the first half of a
 * test that a channel loses nothing. Threads of its own step them every 50 ms, until it is closed. Thread-safe.
 *
 * <pre>{@code
 * try (ClientFleet clients = ClientFleet.roam(FleetPlan.of("orders", uri))) {
 *     // write records, stop nodes, break networks
 *     clients.settle();
 *     List<CommittedRecord> committed = CommittedRead.of(bootstrapServers, topic);
 *     clients.awaitAll(committed, Duration.ofSeconds(30));
 *     assertThat(clients.violations(committed)).isEmpty();
 * }
 * }</pre>
 */
public final class ClientFleet implements AutoCloseable {
    private static final int STEP_MILLIS = 50;
    private static final int THREADS = 4;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final FleetPlan plan;
    private final List<RoamingClient> clients;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private ClientFleet(FleetPlan plan, List<RoamingClient> clients) {
        this.plan = plan;
        this.clients = clients;
    }

    /** Starts the clients of {@code plan}. */
    public static ClientFleet roam(FleetPlan plan) {
        ClientFleet fleet = new ClientFleet(
                plan,
                IntStream.range(0, plan.clients())
                        .mapToObj(i -> new RoamingClient(plan, plan.seed() + i))
                        .toList());
        int oneIn = Math.toIntExact(Math.max(1, plan.stay().toMillis() / STEP_MILLIS));
        fleet.clients.forEach(client -> fleet.keepStepping(client, oneIn));
        return fleet;
    }

    /** Returns all of them. */
    public List<RoamingClient> clients() {
        return clients;
    }

    /** Lets no client drop a connection by itself from now on. */
    public void settle() {
        clients.forEach(RoamingClient::settle);
    }

    /**
     * Waits until each client has passed the last of {@code committed} in every partition.
     *
     * @throws AssertionError if one has not in time, with the places of those that are behind
     */
    public void awaitAll(Collection<CommittedRecord> committed, Duration deadline) {
        Map<Integer, Long> ends = committed.stream()
                .collect(Collectors.toMap(CommittedRecord::partition, record -> record.offset() + 1, Math::max));
        try {
            Await.until("every client at " + ends, deadline, () -> {
                checkHealthy();
                return clients.stream().allMatch(client -> hasReached(client, ends));
            });
        } catch (AssertionError missed) {
            throw new AssertionError(missed.getMessage() + "; behind: " + behind(ends) + "; " + plan, missed);
        }
    }

    /**
     * Waits until each client is in its {@code count}th incarnation or a later one: a reset or a snapshot begins one.
     *
     * @throws AssertionError if one is not in time
     */
    public void awaitIncarnations(int count, Duration deadline) {
        Await.until("a reset at every client", deadline, () -> {
            checkHealthy();
            return clients.stream().allMatch(client -> client.ledger().begun() >= count);
        });
    }

    /** Returns the violations of all clients, a sentence each; empty if the guarantee held. */
    public List<String> violations(List<CommittedRecord> committed) {
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
    public List<Incarnation> present() {
        return clients.stream()
                .map(client -> client.ledger().incarnations())
                .map(incarnations -> incarnations.get(incarnations.size() - 1))
                .toList();
    }

    /** Returns how often all clients together connected. */
    public int connections() {
        return clients.stream().mapToInt(RoamingClient::connections).sum();
    }

    /** Returns the number of events of all clients together. */
    public long events() {
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
