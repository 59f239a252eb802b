package io.laundrybridge.session.inbound;

import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.InboundLimits;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.NotTheProtocolException;
import io.laundrybridge.session.socket.Inbound;
import java.time.Duration;

/**
 * Receives what a client sends, within limits of our own, and passes the lines to the session's worker. Everything that
 * a socket sends counts, except answers that the server waits for. Called by the container's threads, one call at a
 * time per session.
 */
public final class SessionInbound implements Inbound {
    private static final ClientLine UNREADABLE =
            new ClientLine.Refused(null, ErrorCode.INTERNAL, "the server failed at this request; its log says why");

    /**
     * The time after a close at which a client that still sends is dropped, because it keeps a thread of the container
     * busy.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final InboundSession session;
    private final InboundLimits limits;
    private final InboundLines inbox;
    private final InboundMessage message;
    private final InboundBudget budget;
    private final BeatAnswers beats = new BeatAnswers();
    private long overSince;
    private volatile boolean over;

    /** Makes the receiver of what the client of {@code session} sends. */
    public SessionInbound(InboundSession session) {
        this.session = session;
        this.limits = session.context().limits().inbound();
        this.inbox = new InboundLines(session, limits.backlog());
        this.message = new InboundMessage(limits);
        this.budget = new InboundBudget(limits, session.context().services().nanoTime());
    }

    @Override
    public void text(String part, boolean last) {
        if (isOver()) {
            return;
        }
        long now = session.context().nanoTime();
        if (!message.takes(part)) {
            limited(
                    CloseCode.TOO_BIG,
                    "message over " + limits.chars() + " characters or " + limits.parts() + " fragments; send less");
        } else if (message.isLate(now)) {
            limited(CloseCode.POLICY, tooSlow());
        } else if (budget.spendPart(part.length(), message.isFirst())) {
            String whole = message.add(part, last, now);
            if (whole != null) {
                whole(whole);
            }
        } else {
            tooMuch();
        }
    }

    @Override
    public void binary() {
        if (!isOver()) {
            limited(CloseCode.NOT_TEXT, "binary frame; clients send text frames");
        }
    }

    @Override
    public void pong() {
        if (isOver()) {
            return;
        }
        if (budget.takePong()) {
            session.onWorker(session::pong);
        } else if (!budget.spendLine()) {
            tooMuch();
        }
    }

    @Override
    public void closed() {
        over = true;
        afterLines(session::gone);
    }

    /** Ends the session once it has handled what its client said before. */
    private void afterLines(Runnable end) {
        session.onWorkerOrInTurn(() -> endAfterLines(end));
    }

    private void endAfterLines(Runnable end) {
        if (inbox.isEmpty() || !session.conversing()) {
            end.run();
        } else {
            session.inTurn(() -> endAfterLines(end)); // its lines have a turn before
        }
    }

    /** Returns the client's answers to beats; the first answer to each costs nothing. */
    public BeatAnswers beats() {
        return beats;
    }

    /**
     * Makes the answer to a ping, which is about to be sent or is over, free of cost or not. For the session's worker.
     */
    public void awaitPong(boolean now) {
        budget.awaitPong(now);
    }

    /** Handles the lines that came before the conversation began. For the session's worker. */
    public void begin() {
        inbox.begin();
    }

    /** Returns whether the session has handled everything that has arrived. */
    public boolean isHandled() {
        return inbox.isEmpty();
    }

    /** Closes the session if a message has taken too long to arrive; for the session's worker. */
    public void tick(long now) {
        if (!over && message.isLate(now)) {
            limited(CloseCode.POLICY, tooSlow());
        }
    }

    private String tooSlow() {
        return "a message took over " + limits.time().toSeconds() + " s to arrive";
    }

    /**
     * Handles the lines of a whole message. Each line costs one, also an empty one. An empty rest after the last line
     * end is not a line.
     */
    private void whole(String text) {
        int from = 0;
        do {
            int end = text.indexOf('\n', from);
            String line = text.substring(from, end < 0 ? text.length() : end);
            from = end < 0 ? text.length() : end + 1;
            if (!line.isBlank()) {
                line(line);
            } else if (!budget.spendLine()) {
                tooMuch();
            }
        } while (from < text.length() && !over);
    }

    private void line(String text) {
        ClientLine line = UNREADABLE;
        try {
            line = ClientLineParser.parse(text);
        } catch (NotTheProtocolException e) {
            close(CloseCode.NOT_THE_PROTOCOL, String.valueOf(e.getMessage()));
            return;
        } catch (Throwable e) { // for example a stack that was too small: only this request fails
            session.failures().warn("A line could not be read and is answered 'internal'", e);
        }
        if (line instanceof ClientLine.Beat beat && beats.take(beat.n())) {
            wakeIfWanted();
        } else if (!budget.spendLine() || !inbox.add(line)) {
            tooMuch();
        }
    }

    private void wakeIfWanted() {
        if (beats.wakes()) {
            session.onWorker(session::pump);
        }
    }

    private void tooMuch() {
        limited(
                CloseCode.TOO_MUCH,
                "over " + limits.requests() + " lines or " + limits.windowChars() + " characters in "
                        + limits.window().toSeconds() + " s; send less");
    }

    private boolean isOver() {
        if (over && session.context().nanoTime() - overSince > PATIENCE.toNanos()) {
            session.onWorker(session::drop);
        }
        return over;
    }

    private void limited(CloseCode code, String reason) {
        session.context().services().telemetry().add(Meter.LIMITED, "", 1);
        close(code, reason);
    }

    private void close(CloseCode code, String reason) {
        overSince = session.context().nanoTime();
        over = true;
        message.forget();
        afterLines(() -> session.close(code, reason));
    }
}
