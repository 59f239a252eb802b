package io.laundrybridge.session.worker;

import io.laundrybridge.session.endpoint.SessionEnd;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The loop in which a session sends, one send in flight, until it has nothing more or its turn is over. It is a
 * trampoline: a completion that comes on the worker's own stack, inside the send, only lets the loop go round again.
 * Confined to the session's worker.
 */
final class SendLoop implements SendInFlight.Sender {
    private final Session session;
    private final SessionLifecycle life;
    private final DrainWorker worker;
    private final SendInFlight send;
    private final Runnable turn = this::turn;
    private boolean pumping;
    private boolean turnQueued;
    /** Whether more waits than a turn holds. */
    private boolean behind;

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

    /** Sends what waits: at once, or in turn with others if it is more than a turn holds. */
    void pump() {
        if (send.inFlight() || pumping) {
            return;
        }
        if (behind && life.isOpen()) {
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
            session.broken(e);
        }
    }

    private void sendInTurn() {
        TurnBudget steps = worker.bench().steps();
        SendBudget budget = worker.bench().sends();
        steps.begin();
        budget.begin();
        Outlook outlook = behind ? Outlook.MORE : Outlook.UNSURE; // as before, if a send is still in flight
        boolean silent = false;
        while (!silent && !budget.isSpent() && !send.inFlight() && life.isSpeaking()) {
            Frame next = session.next();
            if (next != null) {
                budget.spend(next.bytes());
                send.start(next);
            }
            outlook = session.outlook();
            silent = next == null || outlook == Outlook.IDLE;
        }
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

    private void queueTurn() {
        if (!turnQueued) {
            turnQueued = true;
            worker.executeInTurn(turn);
        }
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
