package io.laundrybridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.channel.Access;
import io.laundrybridge.channel.Caller;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.EventSink;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.source.InMemorySource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts how often each session is looked at. No time passes for the worker, so no tick looks either. */
class KeysWakeOnlyTheirReadersTest {
    private final Channels channels = new Channels();
    private final SinkContext context = new SinkContext(
            SessionLimits.DEFAULT,
            Duration.ofSeconds(25),
            HostServices.standard().withClock(InstantSource.system(), () -> 0),
            channels,
            Runnable::run);
    private final DrainWorker worker = new DrainWorker(0, context);
    private final InMemorySource source = InMemorySource.named("s", 1, 100_000, Runnable::run);
    private final Bridge bridge = Bridge.from(source)
            .channel("c")
            .access(Access.anonymous())
            .filterFields("/n")
            .to(new ToWorker());
    private @Nullable Channel channel;

    private final class ToWorker implements EventSink {
        @Override
        public void attach(Channel attached) {
            channel = attached;
            channels.add(attached);
            attached.listen(changed -> worker.readers(changed).signal());
        }

        @Override
        public void detach(Channel detached) {
            channels.remove(detached);
        }
    }

    /** A client that takes all at once, and counts how often its session looks for something to send. */
    private final class Client implements Transport {
        private final List<String> lines = new ArrayList<>();
        private final Session session = new Session(context, worker, this, Counted::new, () -> {});
        private int looks;

        private final class Counted implements Conversation {
            private final FullConversation full;

            private Counted(Session of) {
                full = new FullConversation(of, Caller.ANONYMOUS);
            }

            @Override
            public void opened() {
                full.opened();
            }

            @Override
            public void line(ClientLine line) {
                full.line(line);
            }

            @Override
            public void pong() {}

            @Override
            public @Nullable Outgoing next() {
                looks++;
                return full.next();
            }

            @Override
            public boolean isIdle() {
                return full.isIdle();
            }

            @Override
            public boolean hasMore() {
                return full.hasMore();
            }

            @Override
            public void tick(long now) {}

            @Override
            public void removed(Channel gone) {}

            @Override
            public @Nullable Outgoing bye(CloseCode code, long retryAfterMillis) {
                return null;
            }

            @Override
            public void ended() {
                full.ended();
            }
        }

        private Client(String rest) {
            worker.execute(session::opened);
            say("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"c\"" + rest + "}");
        }

        private void say(String text) {
            worker.execute(() -> {
                try {
                    session.line(ClientLineParser.parse(text));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        private int events() {
            return (int)
                    lines.stream().filter(line -> line.startsWith("{\"ch\"")).count();
        }

        @Override
        public void send(Frame sent, SendCompletion completion) {
            lines.addAll(List.of(sent.text().split("\n", -1)));
            completion.done(null);
        }

        @Override
        public void ping(SendCompletion completion) {
            completion.done(null);
        }

        @Override
        public int maxBatchBytes() {
            return 64 << 10;
        }

        @Override
        public void close(int code, String reason) {}

        @Override
        public void abort() {}
    }

    @BeforeEach
    void starts() {
        worker.start();
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
    }

    @AfterEach
    void stops() throws Exception {
        bridge.stop();
        worker.stop();
        worker.join(5_000);
    }

    /** The worker has done what there was to do, and what came of that. */
    private void settle() throws Exception {
        for (int i = 0; i < 5; i++) {
            CountDownLatch done = new CountDownLatch(1);
            worker.executeInTurn(done::countDown);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private List<Client> clients(int count) throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(new Client(",\"keys\":[\"k-" + i + "\"]"));
        }
        publish("nobody's", 3);
        return clients;
    }

    private void publish(String key, int count) throws Exception {
        settle();
        for (int n = 0; n < count; n++) {
            source.publish(key, "{\"n\":" + n + "}");
            settle();
        }
    }

    @Test
    void anEventWakesThoseWhoAskedForItsKeyAndNobodyElse() throws Exception {
        List<Client> clients = clients(50);
        Client prefix = new Client(",\"keys\":[\"k-7*\"]");
        Client filter = new Client(",\"where\":{\"ge\":[\"/n\",15]}");
        Client equal = new Client(",\"where\":{\"eq\":[\"/n\",15]}");
        Client all = new Client("");
        publish("nobody's", 3);
        List<Integer> before = clients.stream().map(client -> client.looks).toList();
        int filterBefore = filter.looks;
        int equalBefore = equal.looks;
        publish("k-7", 20);
        for (int i = 0; i < clients.size(); i++) {
            assertThat(clients.get(i).events()).isEqualTo(i == 7 ? 20 : 0);
            assertThat(clients.get(i).looks - before.get(i))
                    .as("looks of k-%d", i)
                    .isBetween(i == 7 ? 20 : 0, i == 7 ? 60 : 0);
        }
        assertThat(prefix.events()).isEqualTo(20);
        assertThat(all.events()).isEqualTo(23);
        assertThat(filter.events()).isEqualTo(5);
        assertThat(filter.looks - filterBefore).isBetween(5, 15);
        assertThat(equal.events()).isEqualTo(1);
        assertThat(equal.looks - equalBefore).isBetween(1, 3);
    }

    @Test
    void aPageThatIsHiddenIsNotWoken() throws Exception {
        Client shown = new Client("");
        Client hidden = new Client("");
        hidden.say("{\"op\":\"view\",\"hidden\":true}");
        publish("k", 1);
        int before = hidden.looks;
        int shownBefore = shown.looks;
        publish("k", 20);
        assertThat(shown.looks - shownBefore).isBetween(20, 60);
        assertThat(hidden.looks).isEqualTo(before);
        assertThat(hidden.events()).isZero();
        hidden.say("{\"op\":\"view\",\"hidden\":false}");
        settle();
        assertThat(hidden.events()).isEqualTo(1);
    }

    /** Nothing else happens in the channel: what lies before the end is found without an event behind it. */
    @Test
    void whoJoinsTheWalkBehindTheEndIsCaughtUpByItself() throws Exception {
        for (int n = 0; n < 500; n++) {
            publish("k-" + n % 10, 1);
        }
        Client first = new Client(",\"from\":\"earliest\",\"keys\":[\"k-3\"]");
        settle();
        Client second = new Client(",\"from\":\"earliest\",\"keys\":[\"k-4*\"]");
        settle();
        for (Client client : List.of(first, second)) {
            assertThat(client.events()).isEqualTo(50);
            assertThat(client.lines).anyMatch(line -> line.contains("\"op\":\"live\""));
        }
    }

    @Test
    void whatConcernsEverybodyWakesEverybody() throws Exception {
        List<Client> clients = clients(5);
        source.publish("nobody's", "no JSON");
        settle();
        source.stall("for a test");
        settle();
        for (Client client : clients) {
            assertThat(client.lines).anyMatch(line -> line.contains("\"op\":\"gap\""));
            assertThat(client.lines).anyMatch(line -> line.contains("\"state\":\"stale\""));
        }
    }

    @Test
    void nobodyIsLeftInTheIndexOnceAllAreGone() throws Exception {
        List<Client> clients = clients(20);
        Client churning = new Client("");
        for (int i = 0; i < 3_000; i++) {
            churning.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"c\",\"keys\":[\"a-" + i + "\",\"b-*\"],\"flush\":"
                    + (10 + i % 50) + ",\"where\":{\"eq\":[\"/n\"," + i + "]}}");
            if (i % 3 == 0) {
                churning.say("{\"op\":\"unsubscribe\",\"id\":3,\"ch\":\"c\"}");
            }
        }
        clients.forEach(client -> worker.execute(client.session::gone));
        worker.execute(churning.session::gone);
        settle();
        assertThat(worker.readers(Objects.requireNonNull(channel)).index().isEmpty())
                .isTrue();
    }
}
