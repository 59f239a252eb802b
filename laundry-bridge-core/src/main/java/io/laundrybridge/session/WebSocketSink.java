package io.laundrybridge.session;

import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.host.AuditEvent;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.publish.InboundChannel;
import io.laundrybridge.session.admission.ArrivalPace;
import io.laundrybridge.session.admission.Entrance;
import io.laundrybridge.session.admission.RefusalCause;
import io.laundrybridge.session.admission.RetryAfter;
import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.Verdict;
import io.laundrybridge.session.dialect.Dialects;
import io.laundrybridge.session.endpoint.BlockingCallThreads;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.login.Authentications;
import io.laundrybridge.session.place.PlaceSealing;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.session.wake.ChannelReaders;
import io.laundrybridge.session.worker.DrainWorkers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of browsers: one endpoint path with any number of channels and WebSockets.
 *
 * <p>The endpoint opens with the first channel that is attached and closes with {@link #close}, or with the last
 * channel that is detached. While it is closed, sessions are refused with 1012 (reconnect). It knows a channel from the
 * moment that its bridge is built. A session that subscribes to a channel that has not started yet, or stopped alone,
 * gets {@code source_unavailable}. Build all bridges before the first starts; then sessions have the roles that all
 * channels need. Thread-safe.
 */
public final class WebSocketSink implements EventSink, AutoCloseable {
    /** The HTTP status of a refused handshake. */
    private static final int FORBIDDEN = 403;

    private static final Duration LONGEST_ANSWERING = Duration.ofSeconds(2);

    private final String path;
    private final Dialects dialects;
    private final Entrance entrance;
    private final EndpointContext context;
    private final BlockingCallThreads closer;
    private final Authentications authentications;
    private final SessionAcceptor acceptor;
    private final EndpointChannels channels;
    /** The attached channels, and what is called of each; guarded by this. */
    private final Map<Channel, Attachment> attached = new HashMap<>();

    /** The channels that take publishes now; guarded by this. */
    private final Set<EndpointInbound> inbound = new HashSet<>();

    private final ArrivalPace arrivals;
    private final RetryAfter retryAfter;
    private final TransportChoice transport;
    private final int workerCount;
    /** Closed before its channels were detached; guarded by this. */
    private boolean closed;

    private final GrantReaders grants;

    private volatile @Nullable DrainWorkers workers;

    WebSocketSink(WebSocketSinkBuilder settings) {
        this.path = settings.path;
        this.dialects = new Dialects(settings.dialects);
        HostServices services = settings.auditLog
                ? settings.services.withAudit(settings.services.audit().andThen(AuditListener.log()))
                : settings.services;
        this.entrance = new Entrance(settings.admission, settings.admissionLimits, services);
        this.arrivals = new ArrivalPace(settings.arrivals, this::lateness, services);
        this.transport = settings.transport;
        this.workerCount = settings.workers;
        this.grants = new GrantReaders(settings.grantChanges);
        this.channels = new EndpointChannels(services, settings.limits.access());
        this.closer = new BlockingCallThreads(services);
        this.context = new EndpointContext(
                settings.limits, settings.heartbeat, services, channels, closer, new PlaceSealing(settings.secret));
        this.authentications = new Authentications(
                settings.authenticators, settings.mode(), settings.limits.login(), settings.accessRecheck, services);
        this.retryAfter = new RetryAfter(settings.arrivals, this::lateness, services);
        this.acceptor = new SessionAcceptor(context, entrance, dialects, authentications, retryAfter);
    }

    /**
     * {@return a sink at {@code path}, for example {@code /laundry}, with every default}
     *
     * @param path the endpoint's path below the application's root, for example {@code /laundry}
     * @throws io.laundrybridge.error.SettingException if the path is malformed
     */
    public static WebSocketSink at(String path) {
        return builder(path).build();
    }

    /**
     * {@return a builder for a sink at {@code path}}
     *
     * @param path the endpoint's path below the application's root, for example {@code /laundry}
     * @throws io.laundrybridge.error.SettingException if the path is malformed
     */
    public static WebSocketSinkBuilder builder(String path) {
        return new WebSocketSinkBuilder(path);
    }

    /** {@return the endpoint's path below the application's root} */
    public String path() {
        return path;
    }

    /** {@return how frames are handed to the container} */
    public TransportChoice transport() {
        return transport;
    }

    /** {@return whether users log in, and so whether authenticators read the headers of handshakes} */
    public AuthMode authMode() {
        return authentications.mode();
    }

    /** {@return the host's services that the sink uses} */
    public HostServices services() {
        return context.services();
    }

    /** {@return the roles in the channels' access rules, to be looked up during a handshake} */
    public Set<String> roles() {
        return channels.roles(context.publishing().rules());
    }

    /**
     * {@return the headers by which answers of REST calls and the streams of these channels are joined}
     *
     * @param names the names of channels of this sink
     * @throws io.laundrybridge.error.SettingException if there is no such channel; the message names all
     */
    public Stamps stamps(List<String> names) {
        return new Stamps(context, names);
    }

    /** {@return the subprotocols that clients may request} */
    public List<String> subprotocols() {
        return dialects.subprotocols();
    }

    /**
     * {@return the subprotocol for a handshake, out of {@code requested}; "" if there is none}
     *
     * @param requested the subprotocols that the client asks for
     */
    public String negotiate(List<String> requested) {
        return dialects.negotiate(requested);
    }

    /**
     * {@return whether a handshake may continue, and for which user; see {@link
     * io.laundrybridge.session.admission.Admission}}
     *
     * @param request the handshake
     */
    public Verdict admits(UpgradeRequest request) {
        Verdict verdict = entrance.judge(request);
        String refusal = verdict.refusal();
        if (refusal != null) {
            String origin = Objects.requireNonNullElse(request.origin(), "");
            new SessionAudit(context.services(), new AuditEvent.Client("", "", verdict.client(), origin))
                    .refused(RefusalCause.ORIGIN.word(), FORBIDDEN, refusal);
        }
        return verdict;
    }

    /**
     * Returns how long the host should let a connection wait that has just come, before it reads the handshake. So a
     * storm of connections leaves time for the sessions that are open. The rate follows the load of the sink's workers,
     * and is at least {@code laundry-bridge.limits.arrivals-per-second}. Hosts that do not ask accept all at once.
     *
     * @return nanoseconds; 0 unless many come at once
     */
    public long arrivalDelay() {
        return arrivals.delay();
    }

    private long lateness() {
        DrainWorkers running = workers;
        return running == null ? 0 : running.lateness();
    }

    /**
     * Accepts a socket whose handshake is done. Called by the transport's adapter; returns at once.
     *
     * @param handshake the content of the handshake
     * @param transport the open socket
     * @return the object to which the adapter passes everything that arrives on the socket
     */
    public Inbound accept(Handshake handshake, Transport transport) {
        return acceptor.accept(workers, handshake, transport);
    }

    /** {@return the open sessions} Waits up to 2 s for what they read, so it is for people, and not for hot paths. */
    public List<SessionInfo> sessions() {
        return acceptor.sessions().snapshot(Duration.ofSeconds(2));
    }

    /**
     * Closes the sessions of {@code user} with 4403, which is final for clients. Returns at once; the sessions end
     * within a second. New sessions of the user are up to authenticators and access rules.
     *
     * @param user the user's name
     * @return how many sessions these are
     */
    public int disconnect(String user) {
        return acceptor.sessions().disconnect(user);
    }

    /**
     * Has the access rules asked again for the sessions of {@code user}, because the user's rights have changed.
     * Returns at once.
     *
     * @param user the user's name
     */
    public void recheck(String user) {
        acceptor.sessions().recheck(Set.of(user));
    }

    /** Has the access rules asked again for all sessions, spread over about a second. Returns at once. */
    public void recheckAll() {
        acceptor.sessions().recheckAll();
    }

    /**
     * Ends the login of the sessions that belong to a session of the host, such as an HTTP session, which has ended.
     * They are closed with 4401. Sessions that logged in by a token have their access rules asked again instead. Waits
     * up to a second for the closes, so that the container's own close does not come first.
     *
     * @param id the id of the host's session
     */
    public void hostSessionEnded(String id) {
        acceptor.sessions().hosts().ended(id, Duration.ofSeconds(1));
    }

    /**
     * Notes that a session of the host has another id, as after a login.
     *
     * @param before the id before
     * @param id the present id
     */
    public void hostSessionRenamed(String before, String id) {
        acceptor.sessions().hosts().renamed(before, id);
    }

    @Override
    public void announce(EventStream stream) {
        channels.announce(Channel.of(stream));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the name is taken, or the endpoint was closed and still has channels
     */
    @Override
    public synchronized void attach(EventStream stream) {
        Channel channel = Channel.of(stream);
        refuseIfClosed();
        channels.add(channel);
        try {
            DrainWorkers running = running();
            List<ChannelReaders> readers = running.readers(channel);
            attached.put(
                    channel,
                    Attachment.of(
                            channel,
                            changed -> readers.forEach(ChannelReaders::signal),
                            context.services().telemetry(),
                            () -> running.lag(channel)));
            grants.open(context.services(), acceptor.sessions());
            workers = running; // only now: an admitted session finds the channel
        } catch (RuntimeException | Error e) {
            detach(channel);
            throw e;
        }
    }

    /**
     * Returns what clients publish to the channel {@code name}, for {@code Bridge.from(...)}. The channel may have
     * events too, from another bridge. Without a bridge it takes no publishes.
     *
     * @param name the channel's name, 1 to 128 of {@code A-Z a-z 0-9 _ . : -}
     * @return the inbound side of the channel
     * @throws io.laundrybridge.error.SettingException if the name is malformed
     */
    public InboundChannel inbound(String name) {
        return new EndpointInbound(
                Channel.checked(name), this, context.publishing().route(name));
    }

    /** Attaches {@code side}, whose route {@code open} opens. */
    synchronized void attach(EndpointInbound side, Runnable open) {
        refuseIfClosed();
        DrainWorkers running = running();
        open.run();
        inbound.add(side);
        try {
            context.publishing().start();
            grants.open(context.services(), acceptor.sessions());
            workers = running;
        } catch (RuntimeException | Error e) {
            detach(side);
            throw e;
        }
    }

    /** Detaches {@code side}, whose route is closed. */
    synchronized void detach(EndpointInbound side) {
        if (inbound.remove(side)) {
            closeIfUnused();
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the endpoint at " + path
                    + " was closed; it opens again once the bridges that it carried have stopped");
        }
    }

    private DrainWorkers running() {
        ReasonCounters.begin(context.services().telemetry());
        return workers == null ? new DrainWorkers(workerCount, context) : workers;
    }

    private boolean isUnused() {
        return attached.isEmpty() && inbound.isEmpty();
    }

    private void closeIfUnused() {
        if (isUnused()) {
            close();
            channels.forgetStopped();
            context.publishing().forgetStopped();
        }
    }

    @Override
    public synchronized void detach(EventStream stream) {
        Channel channel = Channel.of(stream);
        Attachment ended = attached.remove(channel);
        DrainWorkers running = workers;
        channels.remove(channel);
        if (ended != null) {
            ended.end();
        }
        if (isUnused()) {
            closeIfUnused();
        } else if (ended != null && running != null) {
            running.removed(channel);
        }
    }

    /**
     * Closes the endpoint: new sessions are refused with 1012, existing ones receive {@code bye} and are closed with
     * 1012. No thread is left. Waits for them up to {@code limits.drain}, then drops the remaining ones. Call it before
     * the bridges stop. If several bridges stop without it, each sends {@code unsubscribed} to its sessions first. Once
     * all channels are detached, the endpoint opens again with the next attached one. Idempotent; a second call waits
     * for the first.
     */
    @Override
    public synchronized void close() {
        closed = !isUnused();
        DrainWorkers running = workers;
        workers = null;
        if (running != null) {
            running.lateness(); // begins to measure
            attached.values().forEach(Attachment::end);
            grants.close();
            context.publishing().finish(answering());
            int sessions = acceptor.places().taken();
            long spread = retryAfter.spreadMillis(sessions, running.lateness());
            running.drain(acceptor.places(), spread, context.limits().drain());
            acceptor.finish();
            authentications.finish(context.limits().drain());
            channels.finish();
            closer.finish(context.limits().drain());
            context.compressed().clear();
        }
    }

    /** Returns how long a close waits for the answers to publishes, before it says goodbye. */
    private Duration answering() {
        Duration drain = context.limits().drain();
        return drain.compareTo(LONGEST_ANSWERING) < 0 ? drain : LONGEST_ANSWERING;
    }
}
