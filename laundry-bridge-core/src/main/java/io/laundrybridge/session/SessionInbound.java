package io.laundrybridge.session;

import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.NotTheProtocolException;

/**
 * Takes what a client sends, within limits that do not trust the container's, and brings the lines to the session's
 * worker. Called by the container's threads, one call at a time for a session.
 */
final class SessionInbound implements Inbound {
    private static final ClientLine UNREADABLE =
            new ClientLine.Refused(null, ErrorCode.INTERNAL, "the server failed at this request; its log says why");

    private final Session session;
    private final InboundLimits limits;
    private final RequestBudget budget;
    private final StringBuilder message = new StringBuilder();
    private int parts;
    private long firstPartAt;
    private volatile boolean over;

    SessionInbound(Session session) {
        this.session = session;
        this.limits = session.context().limits().inbound();
        this.budget = new RequestBudget(limits, session.context().services().nanoTime());
    }

    @Override
    public void text(String part, boolean last) {
        if (over) {
            return;
        }
        long now = session.context().nanoTime();
        firstPartAt = parts++ == 0 ? now : firstPartAt;
        if (message.length() + part.length() > limits.chars() || parts > limits.parts()) {
            limited(
                    CloseCode.TOO_BIG,
                    "message over " + limits.chars() + " characters or " + limits.parts() + " fragments; send less");
        } else if (now - firstPartAt > limits.time().toNanos()) {
            limited(CloseCode.POLICY, "a message took over " + limits.time().toSeconds() + " s to arrive");
        } else {
            message.append(part);
            if (last) {
                whole();
            }
        }
    }

    @Override
    public void binary() {
        limited(CloseCode.NOT_TEXT, "binary frame; clients send text frames");
    }

    @Override
    public void pong() {
        session.worker().execute(session::pong);
    }

    @Override
    public void closed() {
        over = true;
        session.worker().execute(session::gone);
    }

    private void whole() {
        String text = message.toString();
        message.setLength(0);
        parts = 0;
        for (String line : text.split("\n", -1)) {
            if (!over && !line.isBlank()) {
                line(line);
            }
        }
    }

    private void line(String text) {
        try {
            ClientLine line = ClientLineParser.parse(text);
            if (line instanceof ClientLine.Beat || budget.spend()) {
                session.worker().execute(() -> session.line(line));
            } else {
                limited(
                        CloseCode.TOO_MUCH,
                        "over " + limits.requests() + " requests in "
                                + limits.window().toSeconds() + " s; send less");
            }
        } catch (NotTheProtocolException e) {
            close(CloseCode.NOT_THE_PROTOCOL, String.valueOf(e.getMessage()));
        } catch (Throwable e) { // such as a stack that was too small: this request alone fails
            session.worker().failures().warn("A line could not be read and is answered 'internal'", e);
            session.worker().execute(() -> session.line(UNREADABLE));
        }
    }

    private void limited(CloseCode code, String reason) {
        session.context().services().telemetry().add(Meter.LIMITED, "", 1);
        close(code, reason);
    }

    private void close(CloseCode code, String reason) {
        over = true;
        session.worker().execute(() -> session.close(code, reason));
    }
}
