package io.laundrybridge.model.joins;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeState;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.Stamps;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One database, its stream, and two nodes that lag. Writers, REST calls, joins at the same or the other node, waits for
 * writes and reconnects come in any order. A REST call is three steps, between which anything may happen: the stamp is
 * taken, the rows are loaded, the page joins.
 */
final class JoinHistory implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PAGES = 4;

    /** Tenants see the rows of their own, by a rule that answers at once. */
    private static final Access RULE = new Access() {
        @Override
        public Grant grant(Caller caller, String channel) {
            return Grant.rows(RowFilter.keyPrefix(caller.name() + "/"));
        }

        @Override
        public boolean immediate() {
            return true;
        }
    };

    private final Random random;
    private final boolean late;
    private final boolean state;
    private final List<String> broken = new ArrayList<>();
    private final LaggingExecutor lag = new LaggingExecutor();
    private final InMemorySource source = InMemorySource.named("rows", 3, 20_000, lag);
    private final Database database = new Database();
    private final List<WebSocketSink> nodes = new ArrayList<>();
    private final List<Bridge> bridges = new ArrayList<>();
    private final List<Stamps> stamps = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<JoinedPage> pages = new ArrayList<>();
    private int joins;

    /** A REST call: its stamp, and its rows once they are loaded. */
    private record Call(@Nullable String stamp, @Nullable Map<String, Integer> loaded) {}

    /**
     * Begins a history.
     *
     * @param late whether stamps are taken after the rows are loaded, which loses writes
     */
    JoinHistory(long seed, boolean late) {
        this.late = late;
        this.state = seed % 4 >= 2;
        random = new Random(seed);
        for (int node = 0; node < 2; node++) {
            var settings = WebSocketSink.builder("/laundry").workers(1);
            WebSocketSink sink =
                    (seed % 2 == 0 ? settings : settings.secret("a-secret-of-32-characters-or-more")).build();
            ChannelBuilder channel = Bridge.from(source)
                    .channel("rows")
                    .access(RULE)
                    .retain(Retention.of(Duration.ofMinutes(10), seed % 3 == 0 ? Retention.LEAST_BYTES : 1 << 20));
            Bridge bridge = (state ? channel.latestByKey() : channel).to(sink);
            bridges.add(bridge);
            bridge.start();
            until("live", () -> bridge.state() == BridgeState.LIVE);
            nodes.add(sink);
            stamps.add(sink.stamps(List.of("rows")));
        }
    }

    /**
     * Plays until {@code count} pages have joined, and the last of them have ended.
     *
     * @return what was lost, empty if nothing was
     */
    List<String> play(int count) {
        while (joins < count && broken.isEmpty()) {
            step();
        }
        while (!pages.isEmpty()) {
            end(pages.remove(0));
        }
        return broken;
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> database.commit(random);
            case 3, 4 -> database.send(source, random);
            case 5, 6 -> lag.runOne(random);
            case 7 -> stamp();
            case 8 -> load();
            case 9 -> join();
            case 10 -> await();
            default -> reconnect();
        }
    }

    private void stamp() {
        if (calls.size() < PAGES) {
            calls.add(late ? new Call(null, database.load()) : new Call(now(), null));
        }
    }

    private String now() {
        String at = Objects.requireNonNull(stamps.get(random.nextInt(2)).at());
        return at.substring("rows=".length());
    }

    private void load() {
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (call.loaded() == null) {
                calls.set(i, new Call(call.stamp(), database.load()));
                return;
            } else if (call.stamp() == null) {
                calls.set(i, new Call(now(), call.loaded()));
                return;
            }
        }
    }

    private void join() {
        if (calls.isEmpty()) {
            return;
        }
        Call call = calls.get(random.nextInt(calls.size()));
        Map<String, Integer> loaded = call.loaded();
        String stamp = call.stamp();
        if (loaded == null || stamp == null) {
            return;
        }
        calls.remove(call);
        if (pages.size() == PAGES) {
            end(pages.remove(random.nextInt(PAGES)));
        }
        String tenant = random.nextBoolean() ? "a" : "b";
        String row = Database.rows(tenant).get(random.nextInt(8));
        JoinedPage page = new JoinedPage(
                loaded, stamp, tenant, random.nextInt(3) == 0 ? ",\"keys\":[\"" + row + "\"]" : "", state);
        page.join(nodes.get(random.nextInt(2)));
        pages.add(page);
        joins++;
    }

    private void await() {
        if (!pages.isEmpty()) {
            JoinedPage page = pages.get(random.nextInt(pages.size()));
            for (Database.Write write : database.some(random)) {
                if (page.waiting() < 10) {
                    page.await(write, receipt(write));
                }
            }
        }
    }

    private String receipt(Database.Write write) {
        return stamps.get(random.nextInt(2)).wrote("rows", write.place()).substring("rows=".length());
    }

    private void reconnect() {
        if (!pages.isEmpty()) {
            JoinedPage page = pages.get(random.nextInt(pages.size()));
            if (page.mayResume()) {
                page.leave();
                page.join(nodes.get(random.nextInt(2)));
            }
        }
    }

    /** Lets both nodes come to the end, waits until the page is there, and compares it with the truth. */
    private void end(JoinedPage page) {
        lag.runAll(random);
        for (Database.Write write : database.newest()) {
            page.await(write, receipt(write));
        }
        until("every place is reached", () -> {
            lag.runAll(random);
            return !page.isWaiting() || !page.broken().isEmpty();
        });
        broken.addAll(page.broken());
        for (String tenant : List.of("a", "b")) {
            for (String row : Database.rows(tenant)) {
                if (page.shows(row) && page.version(row) < database.sent(row)) {
                    broken.add(row + " is at version " + page.version(row) + " at the end, the stream has "
                            + database.sent(row));
                }
            }
        }
        if (!broken.isEmpty()) {
            broken.add("its last lines:\n    " + page.tail());
        }
        page.leave();
    }

    private void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            lag.runAll(random);
            if (System.nanoTime() > deadline) {
                broken.add("not in time: " + what);
                return;
            }
            LockSupport.parkNanos(20_000);
        }
    }

    @Override
    public void close() {
        pages.forEach(JoinedPage::leave);
        Thread runs = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                lag.runAll(new Random(1));
                LockSupport.parkNanos(100_000);
            }
        });
        runs.start();
        bridges.forEach(Bridge::stop);
        runs.interrupt();
    }
}
