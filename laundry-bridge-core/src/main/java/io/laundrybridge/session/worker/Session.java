package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.host.Meter;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.endpoint.SessionEnd;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.inbound.InboundSession;
import io.laundrybridge.session.inbound.SessionInbound;
import io.laundrybridge.session.login.LoginLines;
import io.laundrybridge.session.login.LoginSession;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.session.start.ReadingSession;
import io.laundrybridge.session.wake.Timers;
import io.laundrybridge.session.wake.Wakeable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one client: its conversation, and what concerns it from the client, the worker, the login and the
 * channels. Its {@code SendLoop} sends, its {@code SessionLifecycle} ends it. Confined to its worker.
 */
public final class Session implements Wakeable, WorkerSession, LoginSession, InboundSession {
    private static final long LOOK_AGAIN_NANOS = 100_000_000L;
    /** The age up to which a session goes behind those that are older, so that a storm of sessions delays none. */
    private static final long RECENT_NANOS = 10_000_000_000L;

    private final EndpointContext context;
    private final DrainWorker worker;
    private final Transport transport;
    private final SessionAudit audit;
    private final SessionLogin login;
    private final SendLoop sending;
    private final SessionLifecycle life;
    private final Runnable pump = this::pump;
    private final Timers.Alarm alarm;
    private final SessionReading reading;
    private final SessionInbound inbound;

    @SuppressWarnings("NullAway.Init") // by the only method that calls the constructor
    private Conversation conversation;

    /** Replaced by the worker, read by any thread. */
    private volatile Caller caller;

    private final long openedAt;
    private boolean recent = true;
    /** Whether its worker knows it. */
    private boolean joined;
    /** Whether the conversation has begun. */
    private boolean conversing;
    /** Whether it has no subscription yet, so that it goes behind the sessions that are served. */
    private volatile boolean newcomer = true;

    private Session(
            EndpointContext context,
            DrainWorker worker,
            Transport transport,
            SessionLogin login,
            SessionAudit audit,
            Runnable onEnded) {
        this.context = context;
        this.login = login;
        this.caller = login.reported();
        this.worker = worker;
        this.transport = transport;
        this.audit = audit;
        this.life = new SessionLifecycle(context, worker, transport, audit, this::letGo, onEnded);
        this.sending = new SendLoop(this, life, worker, transport);
        this.alarm = worker.alarm(pump);
        this.reading = new SessionReading(context, worker, pump, alarm);
        this.inbound = new SessionInbound(this);
        this.openedAt = context.nanoTime();
    }

    /**
     * Makes a session on {@code worker}.
     *
     * @param login the session's user, and the credentials of the handshake
     * @param begin makes the session's conversation
     * @param audit reports what happens to the session
     * @param onEnded called once, on any thread, when the socket is gone or dropped
     */
    public static Session on(
            DrainWorker worker,
            EndpointContext context,
            Transport transport,
            SessionLogin login,
            Function<Session, Conversation> begin,
            SessionAudit audit,
            Runnable onEnded) {
        Session session = new Session(context, worker, transport, login, audit, onEnded);
        session.conversation = begin.apply(session);
        login.of(session);
        return session;
    }

    /** Returns the session's user as of now; any thread. */
    @Override
    public Caller caller() {
        return caller;
    }

    /** Replaces the session's user after a login, or with other rights; on the worker. */
    @Override
    public void become(Caller now) {
        caller = now;
        recheck();
    }

    /** Asks the grants of the session's user again; on the worker. */
    @Override
    public void recheck() {
        if (life.isOpen() && conversing) {
            worker.bench().steps().begin();
            safely(conversation::recheck);
            pump();
        }
    }

    /** Returns the login of the session's user. */
    public SessionLogin login() {
        return login;
    }

    @Override
    public @Nullable LoginLines loginLines() {
        return conversation.loginLines();
    }

    @Override
    public void later(Runnable task) {
        onWorkerOrInTurn(() -> {
            if (life.isOpen()) {
                safely(task);
                pump();
            }
        });
    }

    @Override
    public void onWorker(Runnable task) {
        worker.execute(task);
    }

    @Override
    public void inTurn(Runnable task) {
        worker.executeInTurn(task);
    }

    @Override
    public void onWorkerOrInTurn(Runnable task) {
        if (newcomer) {
            worker.executeInTurn(task);
        } else {
            worker.execute(task);
        }
    }

    /** Notes that the session has a subscription: from now on its requests come before those of newcomers. */
    public void settled() {
        newcomer = false;
    }

    /** {@inheritDoc} On the worker; none before the session has opened. */
    @Override
    public List<ReadChannel> readChannels() {
        return life.isOpen() && conversing ? conversation.readChannels() : List.of();
    }

    /** Returns what the sessions of its worker share. */
    public Workbench bench() {
        return worker.bench();
    }

    DrainWorker worker() {
        return worker;
    }

    /** Returns what the session gives to the classes that read for it. */
    public ReadingSession reading() {
        return reading;
    }

    @Override
    public RateLimitedLog failures() {
        return worker.failures();
    }

    @Override
    public EndpointContext context() {
        return context;
    }

    /** Returns the reporter of what happens to the session. */
    @Override
    public SessionAudit audit() {
        return audit;
    }

    /** Returns the receiver of what the client sends. */
    public SessionInbound inbound() {
        return inbound;
    }

    /** Makes the worker look again shortly, because what the client waits for may come without an event. */
    public void lookAgain() {
        alarm.within(LOOK_AGAIN_NANOS);
    }

    public int maxBatchBytes() {
        return Math.min(transport.maxBatchBytes(), context.limits().batchBytes());
    }

    /** Returns whether the session is closing. */
    @Override
    public boolean closing() {
        return !life.isOpen();
    }

    /**
     * Puts the session on its worker; it begins in turn with other newcomers, behind the sessions that are served. Any
     * thread, before the client's first line.
     */
    public void open() {
        worker.execute(this::join);
        worker.executeInTurn(this::begin);
    }

    private void join() {
        if (!joined) {
            joined = true;
            worker.add(this);
        }
    }

    private void begin() {
        join(); // turns may come before tasks
        if (life.isOpen()) {
            safely(login::begin);
        }
    }

    @Override
    public void admit() {
        conversing = true;
        worker.bench().steps().begin();
        safely(() -> {
            conversation.opened();
            sending.note(conversation.outlook());
        });
        pump();
        inbound.begin();
    }

    @Override
    public boolean conversing() {
        return conversing;
    }

    @Override
    public void line(ClientLine line) {
        take(line);
        pump();
    }

    @Override
    public void take(ClientLine line) {
        if (life.isOpen()) {
            worker.bench().steps().begin();
            safely(() -> {
                if (!login.holds(line)) {
                    conversation.line(line);
                }
                sending.note(conversation.outlook());
            });
        }
    }

    @Override
    public void pong() {
        if (conversing) {
            safely(conversation::pong);
        }
    }

    @Override
    public void removed(Channel channel) {
        if (life.isOpen() && conversing) {
            safely(() -> conversation.removed(channel));
            pump();
        }
    }

    private void safely(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            broken(e);
        }
    }

    /**
     * Ends this session because of an unforeseen {@code failure}: with 1011, or by dropping its socket if that fails
     * too. It throws nothing, so that other sessions continue.
     */
    @Override
    public void broken(Throwable failure) {
        worker.failures().warn("A session failed and is closed with 1011; the others go on", failure);
        try {
            if (life.isOpen()) {
                close(CloseCode.SERVER_ERROR, "an unexpected error of the server; reconnect later");
            } else {
                life.drop(SessionEnd.ERROR);
            }
        } catch (Throwable e) {
            life.drop(SessionEnd.ERROR);
        }
    }

    @Override
    public void pump() {
        sending.pump();
    }

    /** Returns what to send next, or null if nothing waits or may be sent now. */
    @Nullable Frame next() {
        if (life.isOpen()) {
            Frame next = conversing ? conversation.next() : null;
            return life.isOpen() ? next : life.lastFrame();
        }
        return life.lastFrame();
    }

    /** Returns what {@link #next} would find now. */
    Outlook outlook() {
        return life.isOpen() && conversing ? conversation.outlook() : Outlook.UNSURE;
    }

    /** Returns whether it is new, so that it goes behind older sessions. */
    boolean isRecent() {
        return recent;
    }

    void pingLeftOut() {
        conversation.pingLeftOut();
    }

    /** Sends {@code bye} and closes. The client still gets the send in flight and the last line. */
    @Override
    public void close(CloseCode code, String reason) {
        close(code, reason, 0);
    }

    @Override
    public void close(CloseCode code, String reason, long spreadMillis) {
        if (life.isOpen()) {
            life.close(conversing ? conversation : null, code, reason, spreadMillis);
            pump();
        }
    }

    @Override
    public void gone() {
        life.gone();
    }

    @Override
    public void tick(long now) {
        if (life.isEnded()) {
            return;
        }
        recent = recent && now - openedAt < RECENT_NANOS;
        if (sending.isLate(now)) {
            context.services().telemetry().add(Meter.SEND_TIMEOUTS, "", 1);
            life.drop(SessionEnd.SEND_TIMEOUT);
        } else if (life.isOpen()) {
            inbound.tick(now);
            safely(() -> {
                login.tick(now);
                if (life.isOpen() && conversing) {
                    conversation.tick(now);
                }
            });
            pump();
        } else if (life.isLate(now)) {
            life.drop();
        }
    }

    @Override
    public void drop() {
        life.drop();
    }

    @Override
    public void abandon() {
        life.abandon();
    }

    private void letGo() {
        alarm.cancel();
        sending.letGo();
        worker.remove(this);
        login.ended();
        safely(conversation::ended);
    }
}
