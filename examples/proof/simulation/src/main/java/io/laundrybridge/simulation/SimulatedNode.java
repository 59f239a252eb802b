package io.laundrybridge.simulation;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.channel.ChannelWriter;
import io.laundrybridge.channel.replay.ReplayWorker;
import io.laundrybridge.channel.replay.Replays;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.limits.AccessLimits;
import io.laundrybridge.limits.ReplayLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.worker.Session;
import io.laundrybridge.source.ReadRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A node in virtual time: a channel of the bridge with its log, its replays, its workers and its sessions. Sockets, the
 * topic, the container's threads and the processors are simulated.
 */
final class SimulatedNode implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-11-30T00:00:00Z");
    private static final Handshake HANDSHAKE = new Handshake(List.of(), Map.of(), Caller.ANONYMOUS);
    private static final long POLL_NANOS = 5_000_000;
    private static final long IDLE_REPLAY_NANOS = 5_000_000;
    /** What a fetch of another part of the topic takes at a broker. */
    private static final long FETCH_NANOS = 2_000_000;

    private final Scenario scenario;
    private final VirtualTime time = new VirtualTime();
    private final Processors processors;
    private final Random random;
    private final Faults faults = new Faults();
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final EndpointContext context;
    private final SimulatedTopic topic;
    private final List<Network> networks = new ArrayList<>();
    private final Channel channel;
    private final Replays replays;
    private @Nullable Thread lent;
    private long delivered;
    private long writes;
    private long replayed;

    SimulatedNode(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.random = new Random(seed);
        this.processors = new Processors(scenario.processors(), scenario.warmth());
        HostServices services = new HostServices(
                this::lend, () -> START.plusNanos(time.now()), time::now, Telemetry.NONE, AuditListener.NONE);
        this.topic = new SimulatedTopic(scenario.rate(), START.toEpochMilli(), this::readAgain);
        ReplayLimits limits = ReplayLimits.DEFAULT;
        this.replays = Replays.of(limits, services);
        Encoding encoding = Encoding.json();
        this.channel = new Channel("events", policy(), replays.open("events", topic, encoding), services);
        EndpointChannels channels = new EndpointChannels(services, AccessLimits.DEFAULT);
        channels.add(channel);
        this.context = new EndpointContext(
                SessionLimits.DEFAULT, Duration.ofSeconds(25), services, channels, BlockingCalls.on(Runnable::run));
        ChannelWriter writer =
                new ChannelWriter(channel, encoding.encoder("events"), UndecodablePolicy.FAIL, topic.deadLetters());
        topic.open(new ReadRequest("events", Duration.ZERO, services), writer);
        begin(limits.readers());
    }

    private ChannelPolicy policy() {
        return new ChannelPolicy(
                Access.anonymous(),
                FallBehind.CATCH_UP,
                Retention.of(Duration.ofMinutes(10), scenario.retainBytes()),
                ReplayBudget.DEFAULT,
                Duration.ZERO,
                false,
                null,
                FilterFields.NONE,
                0);
    }

    private void begin(int replayReaders) {
        SimulatedThread source = time.thread("source", processors);
        source.begin(() -> readTopic(source));
        for (int i = 0; i < scenario.processors(); i++) {
            SimulatedThread thread = time.thread("drain-" + i, processors);
            lent = thread.thread();
            SimulatedWorker worker = new SimulatedWorker(i, context, thread);
            lent = null;
            workers.add(worker);
            worker.begin();
            Network network = new Network(time.thread("network-" + i, processors));
            networks.add(network);
            network.begin();
            channel.listen(changed -> worker.worker().bench().readers(changed).signal());
        }
        for (int i = 0; i < replayReaders; i++) {
            SimulatedThread thread = time.thread("replay-" + i, processors);
            ReplayWorker replay = replays.worker();
            thread.begin(() -> replay(thread, replay));
        }
        for (int i = 0; i < scenario.sessions(); i++) {
            add(random.nextInt(2_000) * 1_000_000L);
        }
        for (int i = 0; i < scenario.newcomers(); i++) {
            add(scenario.lostAt() + random.nextInt(500) * 1_000_000L);
        }
        long many = Math.round(scenario.stalled() * scenario.sessions());
        for (SimulatedClient each : clients.subList(0, (int) many)) {
            each.network().at(scenario.rate().from(), each::stall);
            each.network().at(scenario.rate().to() + random.nextInt(1_000) * 1_000_000L, each::readOn);
        }
    }

    private void add(long when) {
        int number = clients.size() % workers.size();
        long place = scenario.rate().dueBefore(when);
        SimulatedClient client = new SimulatedClient(this, workers.get(number), networks.get(number), place);
        clients.add(client);
        client.network().at(when, client::connect);
    }

    /** Lends the bridge a thread: that of a simulated worker, or one that does nothing. */
    private Thread lend(Runnable task) {
        Thread own = lent;
        return own != null ? own : new NoThread();
    }

    /** A thread of the bridge in whose place a simulated one works. */
    private static final class NoThread extends Thread {
        @Override
        public void start() {
            // the simulated thread runs already
        }
    }

    private void readTopic(SimulatedThread thread) {
        while (true) {
            long records = topic.poll(thread.at());
            if (records > 0) {
                thread.work(
                        scenario.costs().fetch() + records * scenario.costs().record());
            }
            thread.sleepUntil(thread.at() + POLL_NANOS);
        }
    }

    private void replay(SimulatedThread thread, ReplayWorker worker) {
        while (true) {
            try {
                if (!worker.step()) {
                    thread.sleepUntil(thread.at() + IDLE_REPLAY_NANOS);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a simulated thread", e);
            }
        }
    }

    private void readAgain(long records) {
        replayed += records;
        SimulatedThread thread = time.running();
        thread.sleepUntil(thread.at() + FETCH_NANOS);
        thread.work(records * scenario.costs().replayed());
    }

    /** Opens a session for {@code client}. On the network's thread. */
    Inbound open(SimulatedClient client, SimulatedSocket socket) {
        if (time.now() > 2 * Scenario.SECOND) { // the sessions of the beginning are there
            client.network().work(scenario.costs().handshake());
        }
        Session session = Session.on(
                client.worker().worker(),
                context,
                socket,
                SessionLogin.none(Caller.ANONYMOUS),
                one -> new FullDialect().begin(one, HANDSHAKE, one::settled),
                SessionAudit.none(),
                () -> {});
        session.open();
        return session.inbound();
    }

    /** Works for a frame with {@code events} that was written to a socket. On a worker's thread. */
    void wrote(long events) {
        delivered += events;
        writes++;
        time.running().work(scenario.costs().write() + events * scenario.costs().event());
    }

    /** Lets a second pass, and returns what it brought. */
    Second next() {
        Second second = new Second();
        double busyBefore = processors.busy();
        long deliveredBefore = delivered;
        long writesBefore = writes;
        long replayedBefore = replayed;
        long now = time.now() + Scenario.SECOND;
        time.runUntil(now);
        long due = scenario.rate().dueBefore(now);
        for (SimulatedClient client : clients) {
            if (client.isElsewhere()) {
                continue;
            }
            long lag = client.next() < due ? now - scenario.rate().due(client.next()) : 0;
            long millis = Math.max(0, lag) / 1_000_000;
            second.lags.add(millis);
            second.open += client.isConnected() ? 1 : 0;
            second.live += client.isConnected() && millis <= scenario.liveMillis() ? 1 : 0;
        }
        second.deliveries = delivered - deliveredBefore;
        second.writes = writes - writesBefore;
        second.replayed = replayed - replayedBefore;
        second.busy = (processors.busy() - busyBefore) / Scenario.SECOND;
        return second;
    }

    /** Returns the part of a position before its places. */
    String head() {
        return SimulatedTopic.EPOCH + "." + Long.toString(START.getEpochSecond(), Character.MAX_RADIX);
    }

    /** Returns what else a client asks for. */
    String subscription() {
        return scenario.flushMillis() == 0 ? "" : ",\"flush\":" + scenario.flushMillis();
    }

    long now() {
        return time.now();
    }

    Costs costs() {
        return scenario.costs();
    }

    Random random() {
        return random;
    }

    Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        time.close();
    }
}
