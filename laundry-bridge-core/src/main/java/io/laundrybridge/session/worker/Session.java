package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.channel.replay.ReplayAccount;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.endpoint.SessionEnd;
import io.laundrybridge.session.endpoint.SubscriptionMemory;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.login.LoginLines;
import io.laundrybridge.session.login.LoginSession;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.place.Places;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.session.start.ReadingSession;
import io.laundrybridge.session.wake.Timers;
import io.laundrybridge.session.wake.Wakeable;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one client. It sends the lines of its conversation, one send in flight, and checks that sends end.
 * Confined to its worker; completions come from any thread and are passed to it.
 *
 * <p>The send loop is a trampoline: a completion that comes on the worker's own stack, inside the send, only lets the
 * loop go round again.
 */
public final class Session implements ReadingSession, Wakeable, WorkerSession, SendInFlight.Sender, LoginSession {
    private static final long LOOK_AGAIN_NANOS = 100_000_000L;

    private final EndpointContext context;
    private final DrainWorker worker;
    private final Transport transport;
    private final SessionAudit audit;
    private final SendInFlight send;
    private final SocketEnd end;
    private final Runnable pump = this::pump;
    private final Runnable turn = this::turn;
    private final Timers.Alarm alarm;
    private final ReplayAccount replays = new ReplayAccount();
    private final SessionInbound inbound;

    @SuppressWarnings("NullAway.Init") // by the only method that calls the constructor
    private Conversation conversation;

    private SessionPhase phase = SessionPhase.OPEN;
    private boolean pumping;
    private boolean turnQueued;
    /** Whether more waits than a turn holds. */
    private boolean behind;

    private final SessionLogin login;
    /** Replaced by the worker, read by any thread. */
    private volatile Caller caller;
    /** Whether the conversation has begun. */
    private boolean conversing;

    private Goodbye goodbye = Goodbye.NONE;

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
        this.send = new SendInFlight(context, worker, transport, this);
        this.end = new SocketEnd(worker, transport, onEnded);
        this.alarm = worker.alarm(pump);
        this.inbound = new SessionInbound(this);
    }

    /** Makes a session that is not audited; parameters as of the other method. */
    public static Session on(
            DrainWorker worker,
            EndpointContext context,
            Transport transport,
            Caller caller,
            Function<Session, Conversation> begin,
            Runnable onEnded) {
        return on(worker, context, transport, caller, begin, SessionAudit.none(), onEnded);
    }

    /**
     * Makes a session on {@code worker}.
     *
     * @param caller the user, as the handshake knows it
     * @param begin makes the session's conversation
     * @param audit reports what happens to the session
     * @param onEnded called once, on any thread, when the socket is gone or dropped
     */
    public static Session on(
            DrainWorker worker,
            EndpointContext context,
            Transport transport,
            Caller caller,
            Function<Session, Conversation> begin,
            SessionAudit audit,
            Runnable onEnded) {
        return on(worker, context, transport, SessionLogin.none(caller), begin, audit, onEnded);
    }

    /**
     * Makes a session on {@code worker}, as the other method does, whose user may log in.
     *
     * @param login the credentials of the session
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
        if (phase == SessionPhase.OPEN && conversing) {
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
        worker.execute(() -> {
            if (phase == SessionPhase.OPEN) {
                safely(task);
                pump();
            }
        });
    }

    @Override
    public SubscriptionMemory memory() {
        return context.subscriptions();
    }

    @Override
    public boolean elsewhere(Runnable task) {
        return context.elsewhere().run(BlockingCalls.Lane.KEEP_ALIVE, task);
    }

    /** Runs {@code task} on the worker, in turn with what other sessions have to do; any thread. */
    public void inTurn(Runnable task) {
        worker.executeInTurn(task);
    }

    /** {@inheritDoc} On the worker; none before the session has opened. */
    @Override
    public List<ReadChannel> readChannels() {
        return phase == SessionPhase.OPEN && conversing ? conversation.readChannels() : List.of();
    }

    /** Returns what the sessions of its worker share. */
    public Workbench bench() {
        return worker.bench();
    }

    DrainWorker worker() {
        return worker;
    }

    @Override
    public ReplayAccount replays() {
        return replays;
    }

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

    @Override
    public TurnBudget steps() {
        return worker.bench().steps();
    }

    @Override
    public Places places() {
        return worker.bench().places();
    }

    @Override
    public void sendsLive(String channel, Run run) {
        worker.bench().ages().sent(channel, run);
    }

    @Override
    public InstantSource clock() {
        return context.services().clock();
    }

    @Override
    public long nanoTime() {
        return context.nanoTime();
    }

    @Override
    public void wake() {
        worker.execute(pump);
    }

    @Override
    public void wakeIn(long nanos) {
        if (nanos > 0) {
            alarm.within(nanos);
        }
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
        return phase != SessionPhase.OPEN;
    }

    public void opened() {
        worker.add(this);
        safely(login::begin);
    }

    @Override
    public void admit() {
        conversing = true;
        worker.bench().steps().begin();
        safely(() -> {
            conversation.opened();
            behind = conversation.outlook() == Outlook.CATCHING_UP;
        });
        pump();
        inbound.begin();
    }

    /** Returns whether the conversation has begun; lines wait until then. */
    boolean conversing() {
        return conversing;
    }

    @Override
    public void line(ClientLine line) {
        take(line);
        pump();
    }

    /** Handles {@code line}; the caller sends the answer. */
    void take(ClientLine line) {
        if (phase == SessionPhase.OPEN) {
            worker.bench().steps().begin();
            safely(() -> {
                if (!login.holds(line)) {
                    conversation.line(line);
                }
                behind = behind || conversation.outlook() == Outlook.CATCHING_UP;
            });
        }
    }

    void pong() {
        if (conversing) {
            safely(conversation::pong);
        }
    }

    @Override
    public void removed(Channel channel) {
        if (phase == SessionPhase.OPEN && conversing) {
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
            if (phase == SessionPhase.OPEN) {
                close(CloseCode.SERVER_ERROR, "an unexpected error of the server; reconnect later");
            } else {
                drop(SessionEnd.ERROR);
            }
        } catch (Throwable e) {
            drop(SessionEnd.ERROR);
        }
    }

    /** Sends what waits: at once, or in turn with others if it is more than a turn holds. */
    @Override
    public void pump() {
        if (send.inFlight() || pumping) {
            return;
        }
        if (behind && phase == SessionPhase.OPEN) {
            queueTurn();
        } else {
            turn();
        }
    }

    /** Sends what waits, until the socket is busy or a turn is over. */
    private void turn() {
        turnQueued = false;
        pumping = true;
        try {
            sendInTurn();
        } catch (Throwable e) {
            pumping = false;
            broken(e);
        }
    }

    private void sendInTurn() {
        TurnBudget steps = worker.bench().steps();
        SendBudget budget = worker.bench().sends();
        steps.begin();
        budget.begin();
        Outlook outlook = behind ? Outlook.MORE : Outlook.UNSURE; // as before, if a send is still in flight
        boolean silent = false;
        while (!silent && !budget.isSpent() && !send.inFlight() && speaking()) {
            Frame next = next();
            if (next != null) {
                budget.spend(next.bytes());
                send.start(next);
            }
            outlook = outlook();
            silent = next == null || outlook == Outlook.IDLE;
        }
        pumping = false;
        closeOnceSaid();
        boolean over = budget.isSpent() || steps.left() == 0;
        behind = phase == SessionPhase.OPEN && (behind || over) && outlook.isBehind();
        if (phase == SessionPhase.OPEN && !send.inFlight() && outlook.hasMore()) {
            queueTurn();
        }
    }

    private Outlook outlook() {
        return phase == SessionPhase.OPEN && conversing ? conversation.outlook() : Outlook.UNSURE;
    }

    private void queueTurn() {
        if (!turnQueued) {
            turnQueued = true;
            worker.executeInTurn(turn);
        }
    }

    /** Sends {@code bye} and closes. The client still gets the send in flight and the last line. */
    @Override
    public void close(CloseCode code, String reason) {
        close(code, reason, 0);
    }

    @Override
    public void close(CloseCode code, String reason, long spreadMillis) {
        if (phase != SessionPhase.OPEN) {
            return;
        }
        phase = SessionPhase.CLOSING;
        audit.ends(code, reason);
        goodbye = Goodbye.say(
                conversing ? conversation : null, worker.failures(), code, reason, context.nanoTime(), spreadMillis);
        if (!pumping) {
            pump();
        }
    }

    /** Ends the session, because the socket has gone. */
    void gone() {
        if (phase != SessionPhase.ENDED) {
            audit.ends(SessionEnd.CLIENT);
            if (phase != SessionPhase.OPEN) {
                end.dropAfter(goodbye.grace(context.limits().closing()));
            }
            phase = SessionPhase.ENDED;
            worker.execute(this::ended); // in its own task: others may be iterating over sessions now
        }
    }

    @Override
    public void tick(long now) {
        if (phase == SessionPhase.ENDED) {
            return;
        }
        if (send.isLate(now)) {
            context.services().telemetry().add(Meter.SEND_TIMEOUTS, "", 1);
            drop(SessionEnd.SEND_TIMEOUT);
        } else if (phase == SessionPhase.OPEN) {
            inbound.tick(now);
            safely(() -> {
                login.tick(now);
                if (phase == SessionPhase.OPEN && conversing) {
                    conversation.tick(now);
                }
            });
            pump();
        } else if (goodbye.isLate(now, context.limits().closing())) {
            drop();
        }
    }

    private @Nullable Frame next() {
        if (phase == SessionPhase.OPEN) {
            Frame next = conversing ? conversation.next() : null;
            return phase == SessionPhase.OPEN ? next : goodbye.take();
        }
        return goodbye.take();
    }

    private boolean speaking() {
        return phase == SessionPhase.OPEN || phase == SessionPhase.CLOSING;
    }

    @Override
    public void sent(@Nullable Throwable failure) {
        if (failure != null) {
            drop(SessionEnd.SEND_FAILED);
        } else {
            pump();
        }
    }

    @Override
    public void pingLeftOut() {
        conversation.pingLeftOut();
    }

    private void closeOnceSaid() {
        if (phase == SessionPhase.CLOSING && goodbye.isTaken() && !send.inFlight()) {
            phase = SessionPhase.CLOSED;
            end.close(goodbye);
        }
    }

    private void drop(SessionEnd end) {
        audit.ends(end);
        drop();
    }

    /**
     * Drops the connection without a close; later reports of the container do not matter. The session counts as open
     * until its socket has been dropped.
     */
    void drop() {
        if (phase != SessionPhase.ENDED) {
            phase = SessionPhase.ENDED;
            worker.execute(this::letGo);
            end.drop();
        }
    }

    @Override
    public void abandon() {
        drop(SessionEnd.STOPPED);
        ended();
    }

    private void ended() {
        letGo();
        end.countOut();
    }

    private void letGo() {
        alarm.cancel();
        worker.remove(this);
        login.ended();
        safely(conversation::ended);
    }
}
