package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import org.jspecify.annotations.Nullable;

/**
 * The plain dialect: one record value per text frame, nothing else. What it cannot say closes the socket. Confined to
 * the session's worker.
 */
final class PlainConversation implements Conversation {
    private final PlainDialect dialect;
    private final Session session;
    private final EndpointContext context;
    private final PlainRequest request;
    private final Runnable subscribed;
    private final SubscriptionCosts costs;
    private final PlainPings pings;
    private final long openedAt;
    private PlainPhase phase = PlainPhase.NONE;

    /** Makes a conversation that calls {@code subscribed} once its channel is granted. */
    PlainConversation(PlainDialect dialect, Session session, PlainRequest request, Runnable subscribed) {
        this.dialect = dialect;
        this.session = session;
        this.context = session.context();
        this.request = request;
        this.subscribed = subscribed;
        this.costs = new SubscriptionCosts(context.subscriptions());
        this.pings = new PlainPings(context, session.inbound());
        this.openedAt = context.nanoTime();
    }

    @Override
    public void opened() {
        pings.begin();
        try {
            subscribe();
            phase = phase.goOn();
        } catch (PlainRefusal refusal) {
            close(refusal);
        }
    }

    private void subscribe() throws PlainRefusal {
        Channel channel = request.channel(context.channels());
        PlainPhase search = new PlainSearch(session, request.search(channel, session), request.every());
        try {
            request.take(costs, channel);
        } catch (RefusedLineException e) {
            throw new PlainRefusal(CloseCode.FULL, String.valueOf(e.getMessage()));
        }
        phase = search;
        subscribed.run();
    }

    private void close(PlainRefusal refusal) {
        session.close(refusal.code(), String.valueOf(refusal.getMessage()));
    }

    @Override
    public void line(ClientLine line) {
        session.close(
                CloseCode.NOT_THE_PROTOCOL,
                "plain clients may send nothing; request subprotocol " + dialect.forRequests() + " to send");
    }

    @Override
    public void pong() {
        pings.answered();
    }

    @Override
    public @Nullable Frame next() {
        try {
            phase = phase.goOn();
        } catch (PlainRefusal refusal) {
            close(refusal);
        }
        Frame value = phase.next();
        if (value != null) {
            pings.spoken();
            return value;
        }
        return pings.take();
    }

    @Override
    public Outlook outlook() {
        return phase.outlook();
    }

    @Override
    public void tick(long now) {
        phase.expire(now);
        if (!phase.reads()
                && now - openedAt >= context.limits().firstSubscribe().toNanos()) {
            session.close(CloseCode.POLICY, "the place to start from was not found in time; reconnect later");
        } else if (pings.lost(now)) {
            context.services().telemetry().add(Meter.BEATS_LOST, "", 1);
            session.close(CloseCode.BEATS_LOST, "pings were not answered");
        } else {
            pings.tick(now);
        }
    }

    @Override
    public void removed(Channel gone) {
        if (phase.isOf(gone)) {
            session.close(CloseCode.RESTART, "the server stopped the channel");
            ended(); // now, not with the socket: the worker forgets the channel's readers next
        }
    }

    @Override
    public void ended() {
        phase.close();
        phase = PlainPhase.NONE;
        costs.clear();
    }

    @Override
    public void pingLeftOut() {
        pings.leftOut();
    }
}
