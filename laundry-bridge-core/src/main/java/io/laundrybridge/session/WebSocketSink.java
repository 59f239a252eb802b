package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelListener;
import io.laundrybridge.channel.EventSink;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.admission.Entrance;
import io.laundrybridge.session.admission.RefusedSessionException;
import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of browsers: one endpoint path that carries any number of channels to any number of WebSockets.
 *
 * <p>Works from the first channel that is attached until the last is detached; then every session is told {@code bye}
 * and closed with 1012, and no thread is left. Thread-safe.
 */
public final class WebSocketSink implements EventSink {
    private final String path;
    private final Entrance entrance;
    private final SinkContext context;
    private final Closer closer;
    private final RefusedSockets refused;
    private final Channels channels;
    private final Map<Channel, ChannelListener> listeners = new HashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final TransportChoice transport;
    private final int workerCount;
    private volatile @Nullable DrainWorkers workers;

    WebSocketSink(WebSocketSinkBuilder settings) {
        this.path = settings.path;
        this.entrance = new Entrance(settings.admission, settings.admissionLimits, settings.services);
        this.transport = settings.transport;
        this.workerCount = settings.workers;
        this.channels = new Channels(settings.services.nanoTime());
        this.closer = new Closer(settings.services);
        this.context = new SinkContext(settings.limits, settings.heartbeat, settings.services, channels, closer);
        this.refused = new RefusedSockets(settings.limits.closing(), settings.services, closer);
    }

    /** A sink at {@code path}, for example {@code /laundry}, with every default. */
    public static WebSocketSink at(String path) {
        return builder(path).build();
    }

    /** A sink at {@code path} to be configured. */
    public static WebSocketSinkBuilder builder(String path) {
        return new WebSocketSinkBuilder(path);
    }

    /** The endpoint's path below the application's root. */
    public String path() {
        return path;
    }

    /** How frames are to be handed to the container. */
    public TransportChoice transport() {
        return transport;
    }

    /** The host's services that the sink runs on. */
    public HostServices services() {
        return context.services();
    }

    /** The roles that the channels' access rules ask about, to be looked up during a handshake. */
    public Set<String> roles() {
        return channels.roles();
    }

    /** Whether a handshake may go on, and who asks; see {@link io.laundrybridge.session.admission.Admission}. */
    public Verdict admits(UpgradeRequest request) {
        return entrance.judge(request);
    }

    /**
     * Takes a socket whose handshake is done. Called by the transport's adapter; returns at once.
     *
     * @return where the adapter brings what arrives on the socket
     */
    public Inbound accept(Handshake handshake, Transport transport) {
        DrainWorkers running = workers;
        if (running == null) {
            return refused.refuse(transport, CloseCode.RESTART, "no channel is open here; come back");
        }
        if (!handshake.subprotocols().isEmpty() && !handshake.subprotocols().contains(Dialect.FULL.subprotocol())) {
            return refused.refuse(
                    transport,
                    CloseCode.UNKNOWN_SUBPROTOCOL,
                    "unknown subprotocol; expected " + Dialect.FULL.subprotocol() + " or none");
        }
        Entrance.Permit permit;
        try {
            permit = entrance.enter(handshake.address(), handshake.caller().principal());
        } catch (RefusedSessionException tooMany) {
            return refused.refuse(transport, CloseCode.FULL, String.valueOf(tooMany.getMessage()));
        }
        if (sessions.incrementAndGet() > context.limits().sessions()) {
            sessions.decrementAndGet();
            permit.left();
            count(Meter.SESSIONS_REFUSED, 1);
            return refused.refuse(transport, CloseCode.FULL, "the server is full; come back");
        }
        count(Meter.SESSIONS, 1);
        DrainWorker worker = running.next(turn.getAndIncrement());
        Session session = new Session(context, worker, transport, with(handshake, permit), () -> sessionEnded(permit));
        worker.execute(session::opened);
        if (workers != running) { // stopped meanwhile: that worker may never look at the session
            return refused.refuse(transport, CloseCode.RESTART, "the server restarts");
        }
        return session.inbound();
    }

    @Override
    public synchronized void attach(Channel channel) {
        channels.add(channel);
        DrainWorkers running = workers;
        if (running == null) {
            running = new DrainWorkers(workerCount, context);
            workers = running;
        }
        List<ChannelReaders> readers = running.readers(channel);
        ChannelListener listener = changed -> readers.forEach(ChannelReaders::signal);
        listeners.put(channel, listener);
        channel.listen(listener);
    }

    @Override
    public synchronized void detach(Channel channel) {
        ChannelListener listener = listeners.remove(channel);
        DrainWorkers running = workers;
        if (listener == null || running == null) {
            return;
        }
        channel.unlisten(listener);
        channels.remove(channel);
        if (channels.all().isEmpty()) {
            workers = null;
            running.drain(sessions, context.limits().drain());
            refused.finish();
            closer.finish(context.limits().drain());
            context.compressed().clear();
        } else {
            running.removed(channel);
        }
    }

    private static Session.ConversationFactory with(Handshake handshake, Entrance.Permit permit) {
        return handshake.subprotocols().isEmpty()
                ? session -> new PlainConversation(session, new PlainRequest(handshake), permit::subscribed)
                : session -> new FullConversation(session, handshake.caller(), permit::subscribed);
    }

    private void sessionEnded(Entrance.Permit permit) {
        permit.left();
        sessions.decrementAndGet();
        count(Meter.SESSIONS, -1);
    }

    private void count(Meter meter, long amount) {
        context.services().telemetry().add(meter, "", amount);
    }
}
