package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.replay.ReplayAccount;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.ClosingLimits;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.session.start.ReadingSession;
import io.laundrybridge.session.wake.Timers;
import io.laundrybridge.session.wake.Wakeable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connected client: sends what its conversation has, one send in flight, and watches that sends end. Confined to its
 * worker; completions come from anywhere and are brought there.
 *
 * <p>The send loop is a trampoline: a completion that comes on the worker's own stack, inside the send, only lets the
 * loop go round again.
 */
public final class Session implements ReadingSession, Wakeable, WorkerSession {
    private static final int SENDS_A_TURN = 16;
    /** With what has been sent by then a turn is over, however few sends it was. */
    private static final int BYTES_A_TURN = 48 * 1024;

    private static final long LOOK_AGAIN_NANOS = 100_000_000L;

    private final EndpointContext context;
    private final DrainWorker worker;
    private final Transport transport;
    private final Runnable onEnded;
    private final AtomicBoolean countedOut = new AtomicBoolean();
    private final SendCompletion completion = this::completed;
    private final Runnable sent = this::sendSucceeded;
    private final Runnable pump = this::pump;
    private final Runnable turn = this::turn;
    private final Timers.Alarm alarm;
    private final ReplayAccount replays = new ReplayAccount();
    private final Conversation conversation;
    private final SessionInbound inbound;
    private SessionPhase phase = SessionPhase.OPEN;
    private boolean inFlight;
    private boolean pumping;
    private boolean turnQueued;
    /** More waits than a turn holds. */
    private boolean behind;

    private long sendStartedAt;
    private long closingSince;
    private CloseCode closeCode = CloseCode.NORMAL;
    private String closeReason = "";
    private @Nullable Frame bye;

    /** A session on {@code worker}; {@code onEnded} hears once, on any thread, that its socket is gone or dropped. */
    public Session(
            EndpointContext context,
            DrainWorker worker,
            Transport transport,
            Conversation.Factory conversations,
            Runnable onEnded) {
        this.context = context;
        this.worker = worker;
        this.transport = transport;
        this.onEnded = onEnded;
        this.alarm = worker.alarm(pump);
        this.inbound = new SessionInbound(this);
        this.conversation = conversations.begin(this);
    }

    /** What the sessions of its worker work with. */
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

    /** Where the container brings what the client sends. */
    public SessionInbound inbound() {
        return inbound;
    }

    @Override
    public TurnBudget steps() {
        return worker.bench().steps();
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

    /** Has the worker look again shortly: what the client waits for may come without a word. */
    public void lookAgain() {
        alarm.within(LOOK_AGAIN_NANOS);
    }

    public int maxBatchBytes() {
        return Math.min(transport.maxBatchBytes(), context.limits().batchBytes());
    }

    /** Whether the client was told to go. */
    public boolean closing() {
        return phase != SessionPhase.OPEN;
    }

    public void opened() {
        worker.add(this);
        worker.bench().steps().begin();
        safely(() -> {
            conversation.opened();
            behind = conversation.outlook() == Outlook.CATCHING_UP;
        });
        pump();
    }

    public void line(ClientLine line) {
        take(line);
        pump();
    }

    /** Handles {@code line}; the caller has the answer sent. */
    void take(ClientLine line) {
        if (phase == SessionPhase.OPEN) {
            worker.bench().steps().begin();
            safely(() -> {
                conversation.line(line);
                behind = behind || conversation.outlook() == Outlook.CATCHING_UP;
            });
        }
    }

    void pong() {
        safely(conversation::pong);
    }

    @Override
    public void removed(Channel channel) {
        if (phase == SessionPhase.OPEN) {
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
     * Ends this session, because {@code failure} came that nobody foresaw: with 1011, or without a word if saying
     * goodbye fails too. It throws nothing, so that the sessions beside this one go on.
     */
    @Override
    public void broken(Throwable failure) {
        worker.failures().warn("A session failed and is closed with 1011; the others go on", failure);
        try {
            if (phase == SessionPhase.OPEN) {
                close(CloseCode.SERVER_ERROR, "an unexpected error of the server; come back");
            } else {
                drop();
            }
        } catch (Throwable e) {
            drop();
        }
    }

    /** Sends what waits: at once, or where that is more than a turn holds, in turn with others. */
    @Override
    public void pump() {
        if (inFlight || pumping) {
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
        worker.bench().steps().begin();
        Outlook outlook = behind ? Outlook.MORE : Outlook.UNSURE; // as before, if a send is still in flight
        boolean silent = false;
        int sends = 0;
        int sent = 0;
        while (!silent && sends < SENDS_A_TURN && sent < BYTES_A_TURN && !inFlight && speaking()) {
            Frame next = next();
            if (next != null) {
                sends++;
                sent += next.bytes();
                start(next);
            }
            outlook = outlook();
            silent = next == null || outlook == Outlook.IDLE;
        }
        pumping = false;
        closeOnceSaid();
        boolean over = sends == SENDS_A_TURN
                || sent >= BYTES_A_TURN
                || worker.bench().steps().left() == 0;
        behind = phase == SessionPhase.OPEN && (behind || over) && outlook.isBehind();
        if (phase == SessionPhase.OPEN && !inFlight && outlook.hasMore()) {
            queueTurn();
        }
    }

    private Outlook outlook() {
        return phase == SessionPhase.OPEN ? conversation.outlook() : Outlook.UNSURE;
    }

    private void queueTurn() {
        if (!turnQueued) {
            turnQueued = true;
            worker.executeInTurn(turn);
        }
    }

    /** Says goodbye and closes; what the client still gets is the send in flight and the last line. */
    public void close(CloseCode code, String reason) {
        close(code, reason, 0);
    }

    @Override
    public void close(CloseCode code, String reason, long spreadMillis) {
        if (phase != SessionPhase.OPEN) {
            return;
        }
        phase = SessionPhase.CLOSING;
        closingSince = context.nanoTime();
        closeCode = code;
        closeReason = reason;
        long retryAfter =
                spreadMillis == 0 ? 0 : 1 + ThreadLocalRandom.current().nextLong(spreadMillis);
        bye = lastWord(code, retryAfter);
        if (!pumping) {
            pump();
        }
    }

    private @Nullable Frame lastWord(CloseCode code, long retryAfter) {
        try {
            return conversation.bye(code, retryAfter);
        } catch (Throwable e) {
            worker.failures().warn("A session could not say goodbye; it is closed all the same", e);
            return null;
        }
    }

    /** The socket is gone. */
    void gone() {
        if (phase != SessionPhase.ENDED) {
            if (phase != SessionPhase.OPEN) {
                worker.alarm(() -> worker.elsewhere(BlockingCalls.Lane.ABORT, transport::abort))
                        .within(grace().toNanos()); // Tomcat says so and reads on
            }
            phase = SessionPhase.ENDED;
            worker.execute(this::end); // in a task of its own: others may be iterating over sessions now
        }
    }

    private Duration grace() {
        ClosingLimits closing = context.limits().closing();
        return closeCode == CloseCode.TOO_MUCH ? closing.graceAfterFlood() : closing.grace();
    }

    @Override
    public void tick(long now) {
        long deadline = context.limits().sendDeadline().toNanos();
        if (phase == SessionPhase.ENDED) {
            return;
        }
        if (inFlight && now - sendStartedAt >= deadline) {
            context.services().telemetry().add(Meter.SEND_TIMEOUTS, "", 1);
            drop();
        } else if (phase == SessionPhase.OPEN) {
            inbound.tick(now);
            safely(() -> conversation.tick(now));
            pump();
        } else if (now - closingSince >= context.limits().closing().grace().toNanos()) {
            drop();
        }
    }

    private @Nullable Frame next() {
        if (phase == SessionPhase.OPEN) {
            Frame next = conversation.next();
            return phase == SessionPhase.OPEN ? next : takeBye();
        }
        return takeBye();
    }

    private @Nullable Frame takeBye() {
        Frame last = bye;
        bye = null;
        return last;
    }

    private void start(Frame frame) {
        inFlight = true;
        context.services().telemetry().add(Meter.FRAMES, "", 1);
        context.services().telemetry().add(Meter.FRAME_BYTES, "", frame.bytes());
        try {
            if (frame.isPing()) {
                ping();
            } else {
                transport.send(frame, completion);
            }
        } catch (Throwable e) { // a container may throw errors too
            sendEnded(e);
        }
        if (inFlight) {
            sendStartedAt = context.nanoTime();
        }
    }

    /** Has a ping sent elsewhere, because some containers block in it; if no thread is free it is left out. */
    private void ping() {
        if (!context.elsewhere().run(BlockingCalls.Lane.PING, this::pingOrFail)) {
            conversation.pingLeftOut();
            completed(null);
        }
    }

    private void pingOrFail() {
        try {
            transport.ping(completion);
        } catch (Throwable e) {
            completed(e);
        }
    }

    /** Any thread. */
    private void completed(@Nullable Throwable failure) {
        if (worker.isCurrentThread()) {
            sendEnded(failure);
        } else {
            worker.execute(failure == null ? sent : () -> sendEnded(failure));
        }
    }

    private boolean speaking() {
        return phase == SessionPhase.OPEN || phase == SessionPhase.CLOSING;
    }

    private void sendSucceeded() {
        sendEnded(null);
    }

    private void sendEnded(@Nullable Throwable failure) {
        inFlight = false;
        if (failure != null) {
            drop();
        } else {
            pump();
        }
    }

    private void closeOnceSaid() {
        if (phase == SessionPhase.CLOSING && bye == null && !inFlight) {
            phase = SessionPhase.CLOSED;
            CloseCode code = closeCode;
            String reason = closeReason;
            worker.elsewhere(BlockingCalls.Lane.CLOSE, () -> transport.close(code.code(), reason));
        }
    }

    /**
     * Drops the connection without a word; whatever the container says of it later comes too late to matter. The session
     * counts as open until its socket has been dropped.
     */
    void drop() {
        if (phase != SessionPhase.ENDED) {
            phase = SessionPhase.ENDED;
            worker.execute(this::letGo);
            if (!worker.elsewhere(BlockingCalls.Lane.ABORT, this::abort)) {
                countOut();
            }
        }
    }

    private void abort() {
        try {
            transport.abort();
        } finally {
            countOut();
        }
    }

    @Override
    public void abandon() {
        drop();
        end();
    }

    private void end() {
        letGo();
        countOut();
    }

    private void countOut() {
        if (!countedOut.getAndSet(true)) {
            onEnded.run();
        }
    }

    private void letGo() {
        alarm.cancel();
        worker.remove(this);
        safely(conversation::ended);
    }
}
