package io.laundrybridge.model;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.WebSocketSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plays a plan: one stream, two nodes with little memory, and viewers that join, leave, stall and resume at the other
 * node.
 */
final class History implements AutoCloseable {
    private static final int MOST_VIEWERS = 4;
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final List<FallBehind> STREAM = List.of(FallBehind.CATCH_UP, FallBehind.SKIP);

    /** The rule of the channel, which answers at once. */
    private static final Access RULE = new Access() {
        @Override
        public Grant grant(Caller caller, String channel) {
            return Right.grant(caller, channel);
        }

        @Override
        public boolean immediate() {
            return true;
        }
    };

    private final Story story;
    private final boolean state;
    private final boolean sealing;
    private final List<WebSocketSink> nodes = new ArrayList<>();
    private final List<Bridge> bridges = new ArrayList<>();
    private final List<Viewer> viewers = new ArrayList<>();

    private History(long seed) {
        state = seed % 3 == 0;
        sealing = seed % 2 == 1;
        story = new Story(seed % 5 == 0 ? 300 : 5_000);
        for (int node = 0; node < 2; node++) {
            var settings = WebSocketSink.builder("/laundry")
                    .workers(1)
                    .authMode(AuthMode.OPTIONAL)
                    .authenticator(History::authenticate);
            WebSocketSink sink =
                    (sealing ? settings.secret(Seals.SECRET).heartbeat(Duration.ofMillis(20)) : settings).build();
            ChannelBuilder channel = Bridge.from(story.source())
                    .channel("c")
                    .access(RULE)
                    .compress(true)
                    .filterFields("/s")
                    .retain(Retention.of(Duration.ofMinutes(10), Retention.LEAST_BYTES));
            Bridge bridge = policy(channel, seed).to(sink);
            bridge.start();
            bridge.awaitLive(SOON);
            nodes.add(sink);
            bridges.add(bridge);
        }
    }

    /** Tokens name their user and its right; a handshake has both already. */
    private static CompletionStage<@Nullable Caller> authenticate(Credentials credentials) {
        String token = credentials.token();
        String[] parts = token == null ? null : token.split(":");
        return CompletableFuture.completedFuture(parts == null ? null : Right.caller(parts[0], parts[1]));
    }

    private ChannelBuilder policy(ChannelBuilder channel, long seed) {
        if (state) {
            return channel.latestByKey();
        }
        FallBehind policy = STREAM.get((int) (seed % STREAM.size()));
        return channel.fallBehind(policy).replay(seed % 7 == 0 ? new ReplayBudget(100, 1 << 20) : ReplayBudget.DEFAULT);
    }

    /** Plays {@code plan}; returns what broke the guarantee, empty if nothing did. */
    static List<String> play(long seed, List<Step> plan) {
        try (History history = new History(seed)) {
            plan.forEach(history::take);
            return history.judge();
        }
    }

    private void take(Step step) {
        int dice = step.dice();
        switch (step.kind()) {
            case PUBLISH -> publish(dice, 1 + dice % 7);
            case BURST -> publish(dice, 100 + dice % 200);
            case JOIN -> join(dice);
            case CUT_AND_RESUME -> withViewer(dice, viewer -> viewer.resumeAt(nodes.get(dice / 7 % 2)));
            case STOP_READING -> withViewer(dice, Viewer::stopReading);
            case READ_AGAIN -> withViewer(dice, Viewer::readAgain);
            case SELECT -> withViewer(dice, viewer -> viewer.select(dice / MOST_VIEWERS));
            case HIDE -> withViewer(dice, viewer -> viewer.hide(dice / MOST_VIEWERS % 3 == 0));
            case SHOW -> withViewer(dice, Viewer::show);
            case VIEW -> withViewer(dice, viewer -> viewer.view(dice / MOST_VIEWERS));
            case POISON -> story.poison();
            case RECREATE -> story.recreate();
            case LOGIN -> withViewer(dice, viewer -> viewer.login(Right.of(dice / 5), nodes.get(dice / 7 % 2)));
            case FOREIGN_PLACE -> withViewer(dice, Viewer::tryForeignPlace);
            default -> throw new AssertionError(step);
        }
    }

    private void publish(int dice, int count) {
        for (int i = 0; i < count; i++) {
            story.publish(dice + 31 * i);
        }
    }

    private void join(int dice) {
        if (viewers.size() < MOST_VIEWERS) {
            WebSocketSink node = nodes.get(dice % 2);
            String from = state
                    ? "snapshot"
                    : List.of("live", "earliest", "last:10", "since").get(dice / 3 % 4);
            Wish wish = Wish.of(dice / 100, state);
            Rights rights = new Rights(story, "u-" + viewers.size(), state, sealing, Right.something(dice / 13));
            viewers.add(
                    from.equals("since")
                            ? new Viewer(node, story, wish, rights, new SinceStart(story, story.time(dice / 12)))
                            : new Viewer(node, story, wish, rights, state, from));
        }
    }

    private void withViewer(int dice, java.util.function.Consumer<Viewer> action) {
        if (!viewers.isEmpty()) {
            action.accept(viewers.get(dice % viewers.size()));
        }
    }

    /** Ends all faults, waits until all viewers have everything, and checks: first keys in view, then all. */
    private List<String> judge() {
        List<String> violations = new ArrayList<>();
        viewers.forEach(Viewer::readAgain);
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!viewers.stream().allMatch(Viewer::isLoggedIn) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(200_000);
        }
        viewers.forEach(Viewer::show);
        story.poisonEverywhere();
        look(violations);
        viewers.forEach(Viewer::showAll);
        look(violations);
        viewers.forEach(viewer -> violations.addAll(viewer.violations()));
        return violations;
    }

    private void look(List<String> violations) {
        long deadline = System.nanoTime() + SOON.toNanos();
        for (Viewer viewer : viewers) {
            boolean there = viewer.settled();
            while (!there && System.nanoTime() < deadline) {
                LockSupport.parkNanos(200_000);
                there = viewer.settled();
            }
            if (viewer.closed() || !there) { // checked at once: a key that comes into view may bring all of it again
                violations.add("I11: a viewer does not come to the end, " + viewer.fate() + ", its last lines:\n    "
                        + viewer.tail());
            }
            viewer.look();
        }
    }

    @Override
    public void close() {
        bridges.forEach(Bridge::stop);
    }
}
