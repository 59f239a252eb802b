package io.laundrybridge.jmh;

import io.laundrybridge.Bridge;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.config.Settings;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.AccessLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.NotTheProtocolException;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.session.wake.ChannelReaders;
import io.laundrybridge.session.worker.DrainWorker;
import io.laundrybridge.session.worker.Session;
import io.laundrybridge.source.InMemorySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * A bridge whose drain worker is the caller's thread, with sessions without sockets: all work happens in the caller's
 * calls.
 */
final class Workshop implements EventSink, AutoCloseable {
    /** Clients that need not answer beats. */
    private static final Map<String, String> PATIENT = Map.of(
            "laundry-bridge.limits.beat-bytes", "1000GiB",
            "laundry-bridge.limits.unanswered-bytes", "1000GiB");

    private static final Handshake HANDSHAKE = new Handshake(List.of(), Map.of(), Caller.ANONYMOUS);

    private final InMemorySource source = InMemorySource.named("laundry.machine-log", 1, 1_000, Runnable::run);
    private final EndpointChannels channels = new EndpointChannels(HostServices.standard(), AccessLimits.DEFAULT);
    private final Nowhere transport = new Nowhere();
    private final Bridge bridge;
    private final ChannelReaders readers;

    /**
     * Opens sessions; {@code selections} gives further fields of a subscribe line by its session's number, each after a
     * comma.
     */
    Workshop(int sessions, IntFunction<String> selections) {
        bridge = Bridge.from(source)
                .channel("machines")
                .access(Access.anonymous())
                .to(this);
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
        EndpointContext context = new EndpointContext(
                SessionLimits.from(Settings.of(PATIENT)),
                Duration.ofHours(1),
                HostServices.standard().withThreads(run -> Thread.currentThread()),
                channels,
                BlockingCalls.on(Runnable::run));
        DrainWorker worker = new DrainWorker(0, context);
        readers = worker.bench()
                .readers(Objects.requireNonNull(channels.all().iterator().next().attached()));
        for (int i = 0; i < sessions; i++) {
            open(context, worker, selections.apply(i));
        }
    }

    private void open(EndpointContext context, DrainWorker worker, String selection) {
        Session session = Session.on(
                worker,
                context,
                transport,
                SessionLogin.none(Caller.ANONYMOUS),
                one -> new FullDialect().begin(one, HANDSHAKE, one::settled),
                SessionAudit.none(),
                () -> {});
        session.open();
        boolean more = true;
        while (more) {
            more = worker.step();
        }
        try {
            session.line(ClientLineParser.parse(
                    "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\",\"from\":\"live\"" + selection + "}"));
        } catch (NotTheProtocolException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void publish(byte[] key, byte[] value) {
        source.publish(key, value);
    }

    /** Lets every session send its events; returns the bytes that all have sent so far. */
    long drain() {
        readers.run();
        return transport.bytes;
    }

    @Override
    public void attach(EventStream stream) {
        Channel channel = Channel.of(stream);
        channels.add(channel);
    }

    @Override
    public void detach(EventStream stream) {
        Channel channel = Channel.of(stream);
        channels.remove(channel);
    }

    @Override
    public void close() {
        bridge.close();
    }

    /** Accepts every frame as Tomcat's connection does: header and payload are lent, written and returned. */
    private static final class Nowhere implements Transport {
        private long bytes;

        @Override
        public void send(Frame frame, SendCompletion completion) {
            var lent = frame.lend();
            for (var piece : lent) {
                bytes += piece.remaining();
            }
            completion.done(null);
            frame.giveBack(lent);
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
}
