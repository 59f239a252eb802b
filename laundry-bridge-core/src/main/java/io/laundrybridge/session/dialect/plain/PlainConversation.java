package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.dialect.OneChannelConversation;
import io.laundrybridge.session.dialect.RefusedSessionException;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.GrantedChannel;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The plain dialect: one record value per text frame, nothing else, and pings in between. What it cannot express closes
 * the socket. Confined to the session's worker.
 */
final class PlainConversation extends OneChannelConversation {
    private final PlainDialect dialect;
    private final EndpointContext context;
    private final PlainRequest request;
    private final PlainPings pings;
    private Duration every = Duration.ZERO;

    /** Makes a conversation that calls {@code subscribed} once its channel is granted. */
    PlainConversation(PlainDialect dialect, Session session, PlainRequest request, Runnable subscribed) {
        super(session, subscribed);
        this.dialect = dialect;
        this.context = session.context();
        this.request = request;
        this.pings = new PlainPings(context, session.inbound());
    }

    @Override
    public void opened() {
        pings.begin();
        super.opened();
    }

    @Override
    protected String channelName() throws RefusedSessionException {
        return request.channel(context.channels());
    }

    @Override
    protected PendingStart search(GrantedChannel granted, SubscriptionCosts costs) throws RefusedSessionException {
        PendingStart search = request.search(granted, session());
        every = request.every();
        request.take(costs, granted.channel());
        return search;
    }

    @Override
    protected Frame frame(Run run, long at, LogEntry entry) {
        return session().bench().plainFrames().of(run, at, entry);
    }

    @Override
    protected Frame left(LogEntry entry) {
        return session().bench().plainFrames().noValue();
    }

    @Override
    protected Duration every() {
        return every;
    }

    @Override
    protected String startLost() {
        return "some of the requested events no longer exist; use from=last:100 or from=live";
    }

    @Override
    public void line(ClientLine line) {
        session()
                .close(
                        CloseCode.NOT_THE_PROTOCOL,
                        "plain clients may send nothing; request subprotocol " + dialect.forRequests() + " to send");
    }

    @Override
    public void pong() {
        pings.answered();
    }

    @Override
    public @Nullable Frame next() {
        Frame value = super.next();
        if (value != null) {
            pings.spoken();
            return value;
        }
        return pings.take();
    }

    @Override
    public void tick(long now) {
        super.tick(now);
        if (session().closing()) {
            return;
        }
        if (pings.lost(now)) {
            context.services().telemetry().add(Meter.BEATS_LOST, "", 1);
            session().close(CloseCode.BEATS_LOST, "pings were not answered");
        } else {
            pings.tick(now);
        }
    }

    @Override
    public void pingLeftOut() {
        pings.leftOut();
    }
}
