package io.laundrybridge.session.worker;

import io.laundrybridge.session.endpoint.SessionEnd;
import io.laundrybridge.session.queue.PlacedTurn;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.session.socket.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The loop in which a session sends, one send in flight, until it has nothing more or its turn is over. If the
 * transport takes several frames at once, the session makes them before the send. What a send leaves is sent next.
 *
 * <p>The loop is a trampoline: a completion that comes on the worker's own stack, inside the send, only lets the loop
 * go round again. Confined to the session's worker.
 */
final class SendLoop implements SendInFlight.Sender {
    private static final Frame[] NONE = {};

    private final Session session;
    private final SessionLifecycle life;
    private final DrainWorker worker;
    private final SendInFlight send;
    private final PlacedTurn turn = new Turn();
    private boolean pumping;
    private boolean turnQueued;
    /** Whether more waits than a turn holds. */
    private boolean behind;
    /** Where it reads on, if it got frames that others share. */
    private long place;
    /** What the last send has left. */
    private Frame @Nullable [] left;

    private final class Turn implements PlacedTurn {
        @Override
        public void run() {
            turn();
        }

        @Override
        public long place() {
            return place;
        }
    }

    SendLoop(Session session, SessionLifecycle life, DrainWorker worker, Transport transport) {
        this.session = session;
        this.life = life;
        this.worker = worker;
        this.send = new SendInFlight(session.context(), worker, transport, this);
    }

    /** Notes what the conversation has to send now; if it catches up, it sends in turn with others. */
    void note(Outlook outlook) {
        behind = behind || outlook == Outlook.CATCHING_UP;
    }

    /** Returns whether a send has not ended within the deadline. */
    boolean isLate(long now) {
        return send.isLate(now);
    }

    /**
     * Sends what waits, at once. A new session sends after older ones. What is more than a turn holds goes in turn with
     * others.
     */
    void pump() {
        if (send.inFlight() || pumping) {
            return;
        }
        if (!life.isOpen()) {
            turn();
        } else if (behind) {
            queueTurn();
        } else if (session.isRecent()) {
            queueRecent();
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
            session.broken(e);
        }
    }

    private void sendInTurn() {
        TurnBudget steps = worker.bench().steps();
        SendBudget budget = worker.bench().sends();
        steps.begin();
        Outlook outlook = speak(budget);
        pumping = false;
        if (!send.inFlight()) {
            life.closeOnceSaid();
        }
        boolean over = budget.isSpent() || steps.left() == 0;
        behind = life.isOpen() && (behind || over) && outlook.isBehind();
        if (life.isOpen() && !send.inFlight() && outlook.hasMore()) {
            queueTurn();
        }
    }

    /** Has the session speak, and keeps what the last send leaves; returns what waits then. */
    private Outlook speak(SendBudget budget) {
        Frames frames = worker.bench().frames();
        int most = left == null ? send.mostFrames() : 1; // a socket that is full gets nothing made ahead
        budget.begin(most);
        takeLeft(frames, budget);
        try {
            return speak(frames, most, budget);
        } finally {
            left = frames.takeAll();
        }
    }

    private Outlook speak(Frames frames, int most, SendBudget budget) {
        Outlook outlook = behind ? Outlook.MORE : Outlook.UNSURE; // as before, if a send is still in flight
        boolean silent = false;
        while (!send.inFlight() && life.isSpeaking()) {
            if (frames.count() < most && !silent && !budget.isSpent()) {
                Frame next = session.next();
                if (next != null) {
                    send.count(next);
                    budget.spend(next.bytes());
                    frames.add(next);
                    place = next.place() == 0 ? place : next.place();
                }
                outlook = session.outlook();
                silent = next == null || outlook == Outlook.IDLE;
            } else if (frames.isEmpty()) {
                break;
            } else {
                send(frames);
            }
        }
        return outlook;
    }

    private void send(Frames frames) {
        int before = frames.count();
        send.start(frames);
        if (frames.count() == before && !send.inFlight() && life.isSpeaking()) {
            throw new IllegalStateException("The transport took no frame");
        }
    }

    /** Moves what the last send has left to {@code frames}. */
    private void takeLeft(Frames frames, SendBudget budget) {
        Frame[] before = left;
        left = null;
        for (Frame frame : before == null ? NONE : before) {
            budget.spend(frame.bytes());
            frames.add(frame);
        }
    }

    private void queueRecent() {
        if (!turnQueued) {
            turnQueued = true;
            worker.executeRecent(turn);
        }
    }

    private void queueTurn() {
        if (!turnQueued) {
            turnQueued = true;
            worker.executeInTurn(turn);
        }
    }

    /** Releases what has not been sent, because the session has ended. */
    void letGo() {
        left = null;
    }

    @Override
    public void sent(@Nullable Throwable failure) {
        if (failure != null) {
            life.drop(SessionEnd.SEND_FAILED);
        } else {
            pump();
        }
    }

    @Override
    public void pingLeftOut() {
        session.pingLeftOut();
    }
}
