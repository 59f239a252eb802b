package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.login.LoginLines;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The full dialect: many channels on one socket, requests with answers, beats. Confined to the session's worker. */
final class FullConversation implements Conversation {
    private final FullDialect dialect;
    private final Session session;
    private final EndpointContext context;
    private final SessionLines lines;
    private final Beats beats;
    private final Subscriptions subscriptions;
    private final OpenSubscriptions open;
    private final Requests requests;
    private final long openedAt;

    /** Makes a conversation that calls {@code subscribed} with its first accepted subscription. */
    FullConversation(FullDialect dialect, Session session, Runnable subscribed) {
        this.dialect = dialect;
        this.session = session;
        this.context = session.context();
        this.openedAt = context.nanoTime();
        this.lines = new SessionLines();
        this.beats = new Beats(
                context.limits().beats(),
                context.heartbeat().toNanos(),
                session.inbound().beats(),
                context::nanoTime);
        Failures failures = new Failures(session, lines);
        this.subscriptions = new Subscriptions(session, lines, failures, subscribed);
        this.open = subscriptions.open();
        this.requests = new Requests(session, subscriptions, lines, failures);
    }

    @Override
    public void opened() {
        lines.welcome(session, dialect.features(context));
    }

    @Override
    public LoginLines loginLines() {
        return lines;
    }

    @Override
    public void line(ClientLine line) {
        line.passTo(requests);
    }

    @Override
    public @Nullable Frame next() {
        requests.goOn();
        if (!subscriptions.pending().isEmpty()) {
            subscriptions.pending().beginFound();
            session.lookAgain();
        }
        subscriptions.endAwaits();
        FrameBuffer frame = session.bench().frame();
        frame.clear();
        lines.moveTo(frame);
        boolean goOn = beats.open() && open.refresh();
        if (!goOn || (!frame.isEmpty() && open.compress())) {
            return frame.isEmpty() ? null : sent(frame.frame());
        }
        Frame slice = frame.isEmpty() ? open.slice(session.maxBatchBytes()) : null;
        if (slice != null) {
            return sent(slice);
        }
        open.fill(frame);
        return frame.isEmpty() ? null : sent(frame.frame());
    }

    private Frame sent(Frame frame) {
        beats.sent(frame.bytes());
        if (beats.due()) {
            beat(context.nanoTime());
        }
        return frame;
    }

    /** Sends a beat after everything sent so far, so that its answer shows that all of it was read. */
    private void beat(long now) {
        open.bookmark();
        lines.beat(beats.next(now));
    }

    @Override
    public Outlook outlook() {
        Outlook outlook = subscriptions.outlook();
        if (outlook.compareTo(Outlook.WAITS_FOR_CLIENT) > 0 && !beats.open()) {
            return Outlook.WAITS_FOR_CLIENT;
        }
        return lines.isEmpty() ? outlook : outlook.or(Outlook.UNSURE);
    }

    @Override
    public void tick(long now) {
        subscriptions.expire(now);
        if (session.inbound().isHandled() && beats.lost(now)) {
            context.services().telemetry().add(Meter.BEATS_LOST, "", 1);
            session.close(CloseCode.BEATS_LOST, "beats were not answered");
        } else if (subscriptions.neverUsed()
                && now - openedAt >= context.limits().firstSubscribe().toNanos()) {
            session.close(
                    CloseCode.POLICY,
                    "no subscription within "
                            + context.limits().firstSubscribe().toSeconds() + " s; subscribe or connect later");
        } else if (beats.due(now)) {
            beat(now);
        }
    }

    @Override
    public List<ReadChannel> readChannels() {
        return open.readChannels();
    }

    @Override
    public void recheck() {
        subscriptions.recheck();
    }

    @Override
    public void removed(Channel channel) {
        if (subscriptions.remove(channel)) {
            lines.unsubscribed(null, channel.name(), "the server stopped the channel");
        }
    }

    @Override
    public Frame bye(CloseCode code, long retryAfterMillis) {
        FrameBuffer frame = session.bench().frame();
        frame.clear();
        lines.moveTo(frame);
        lines.bye(frame, code, retryAfterMillis);
        return frame.frame();
    }

    @Override
    public void ended() {
        requests.clear();
    }
}
