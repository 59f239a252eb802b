package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.AccessLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.dialect.plain.PlainDialect;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.session.wake.ChannelReaders;
import io.laundrybridge.source.InMemorySource;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel that one worker serves, in which every look at it and at its sessions is counted. Time passes where a test
 * says so.
 */
public final class OneWorker {
    private final EndpointChannels channels = new EndpointChannels(HostServices.standard(), AccessLimits.DEFAULT);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final EndpointContext context;
    private final DrainWorker worker;
    private final InMemorySource source = InMemorySource.named("s", 1, 100_000, Runnable::run);
    private final Bridge bridge = Bridge.from(source)
            .channel("c")
            .access(Access.anonymous())
            .filterFields("/n")
            .to(new ToWorker());
    private @Nullable Channel channel;

    /** What the worker has to do. */
    private final class Tasks extends ConcurrentLinkedQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean add(Runnable task) {
            if (task instanceof ChannelReaders) {
                looks.incrementAndGet();
            }
            return super.add(task);
        }
    }

    private final class ToWorker implements EventSink {
        @Override
        public void attach(EventStream stream) {
            Channel attached = Channel.of(stream);
            channel = attached;
            channels.add(attached);
            attached.listen(changed -> worker.bench().readers(changed).signal());
        }

        @Override
        public void detach(EventStream stream) {
            Channel detached = Channel.of(stream);
            channels.remove(detached);
        }
    }

    /** A client that takes all at once, and counts how often its session looks for something to send. */
    final class Client implements Transport {
        private final List<String> lines = new ArrayList<>();
        private final List<Frame> frames = new ArrayList<>();
        private final Session session;
        private int looks;
        private Runnable duringSends = () -> {};
        private boolean begun;
        private int heard;

        private final class Counted implements Conversation {
            private final Conversation counted;

            private Counted(Conversation counted) {
                this.counted = counted;
            }

            @Override
            public void opened() {
                begun = true;
                counted.opened();
            }

            @Override
            public void line(ClientLine line) {
                heard++;
                counted.line(line);
            }

            @Override
            public void pong() {}

            @Override
            public @Nullable Frame next() {
                looks++;
                return counted.next();
            }

            @Override
            public Outlook outlook() {
                return counted.outlook();
            }

            @Override
            public void tick(long now) {}

            @Override
            public void recheck() {
                counted.recheck();
            }

            @Override
            public void removed(Channel gone) {}

            @Override
            public @Nullable Frame bye(CloseCode code, long retryAfterMillis) {
                return null;
            }

            @Override
            public void ended() {
                counted.ended();
            }
        }

        private Client(Function<Session, Conversation> conversations) {
            session = Session.on(
                    worker,
                    context,
                    this,
                    SessionLogin.none(Caller.ANONYMOUS),
                    of -> new Counted(conversations.apply(of)),
                    SessionAudit.none(),
                    () -> {});
            session.open();
        }

        /** One of the full dialect; {@code rest} is what it subscribes with beyond the channel. */
        Client(String rest) {
            this(of -> new FullDialect().begin(of, handshake(), of::settled));
            say("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"c\"" + rest + "}");
        }

        void say(String text) {
            session.onWorkerOrInTurn(() -> {
                try {
                    session.line(ClientLineParser.parse(text));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        int events() {
            return (int) lines.stream()
                    .filter(line -> line.startsWith("{\"ch\"") || line.startsWith("{\"n\""))
                    .count();
        }

        /** How often its session looked for something to send. */
        int looks() {
            return looks;
        }

        /** How many lines its session has handled. */
        int heard() {
            return heard;
        }

        /** What its container calls. */
        Inbound inbound() {
            return session.inbound();
        }

        /** Whether its conversation has begun. */
        boolean begun() {
            return begun;
        }

        List<String> lines() {
            return lines;
        }

        /** The frames that carry events alone. */
        List<Frame> framesOfEvents() {
            return frames.stream()
                    .filter(frame -> !frame.text().contains("\"op\":"))
                    .toList();
        }

        /** Has {@code work} done while the next frames are sent. */
        void duringSends(Runnable work) {
            worker.execute(() -> duringSends = work);
        }

        /** What is not to outlive the client's socket. */
        WeakReference<Session> remembered() {
            return new WeakReference<>(session);
        }

        void leave() {
            worker.execute(session::gone);
        }

        @Override
        public void send(Frame sent, SendCompletion completion) {
            frames.add(sent);
            lines.addAll(List.of(sent.text().split("\n", -1)));
            duringSends.run();
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

    OneWorker() {
        this(BlockingCalls.on(Runnable::run));
    }

    /** One whose sockets are closed, dropped and pinged by {@code elsewhere}. */
    OneWorker(BlockingCalls elsewhere) {
        context = new EndpointContext(
                SessionLimits.DEFAULT,
                Duration.ofSeconds(25),
                HostServices.standard().withClock(InstantSource.system(), nanos::get),
                channels,
                elsewhere);
        worker = new DrainWorker(0, context, new Tasks());
        worker.start();
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
    }

    void close() throws InterruptedException {
        bridge.stop();
        worker.stop();
        worker.join(5_000);
    }

    /** One of the plain dialect. */
    Client plain() {
        return new Client(of -> new PlainDialect("").begin(of, handshake(), of::settled));
    }

    private static Handshake handshake() {
        return new Handshake(List.of(), Map.of("channel", List.of("c")), Caller.ANONYMOUS);
    }

    /** A session of one's own, opened. */
    Session session(Transport transport, Function<Session, Conversation> conversation, Runnable onEnded) {
        Session session = Session.on(
                worker,
                context,
                transport,
                SessionLogin.none(Caller.ANONYMOUS),
                conversation,
                SessionAudit.none(),
                onEnded);
        session.open();
        return session;
    }

    /** Has the worker run {@code task}, as if it came from outside. */
    void run(Runnable task) {
        worker.execute(task);
    }

    Channel channel() {
        return Objects.requireNonNull(channel);
    }

    InMemorySource source() {
        return source;
    }

    ChannelReaders readers() {
        return worker.bench().readers(channel());
    }

    /** Keeps the worker busy until what is returned runs; meanwhile tasks and turns wait. */
    Runnable held() {
        CountDownLatch goesOn = new CountDownLatch(1);
        worker.execute(() -> {
            try {
                assertThat(goesOn.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return goesOn::countDown;
    }

    /** Does {@code task} once the worker has done what it was to do so far, but for turns. */
    void then(Runnable task) {
        worker.execute(task);
    }

    /** Does {@code task} in turn: once the worker has done what it was to do so far, with one turn of each. */
    void thenInTurn(Runnable task) {
        worker.executeInTurn(task);
    }

    /** How many alarms the worker waits for; to be asked when it is settled. */
    int alarms() {
        return worker.alarms();
    }

    /** How often the worker was to look at the channel. */
    int looks() {
        return looks.get();
    }

    /** The worker has done what there was to do, and what came of that. */
    void settle() throws Exception {
        for (int i = 0; i < 5; i++) {
            CountDownLatch done = new CountDownLatch(1);
            worker.executeInTurn(done::countDown);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    void pass(Duration time) throws Exception {
        passUnseen(time);
        settle();
    }

    /** Lets so much time pass that no session is new. */
    void growOlder() throws Exception {
        pass(Duration.ofSeconds(10));
        for (int part = 0; part < TickWheel.PARTS; part++) {
            pass(Duration.ofSeconds(1).dividedBy(TickWheel.PARTS));
        }
    }

    /** Lets time pass without waiting for what comes of it. */
    void passUnseen(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Fills the log until its segments are large, so that what follows is in one piece. */
    void fillLog() throws Exception {
        for (int n = 0; n < 2_000; n++) {
            source.publish("k", "0");
        }
        settle();
    }

    void publish(String key, int count) throws Exception {
        settle();
        for (int n = 0; n < count; n++) {
            source.publish(key, "{\"n\":" + n + "}");
            settle();
        }
    }
}
