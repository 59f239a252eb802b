package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.InboundLimits;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The full dialect: many channels on one socket, requests with answers, beats. Confined to the session's worker. */
final class FullConversation implements Conversation {
    private final FullDialect dialect;
    private final Session session;
    private final EndpointContext context;
    private final Subscriptions subscriptions;
    private final Deque<byte[]> control = new ArrayDeque<>();
    private final Beats beats;
    private final long openedAt;

    /** Makes a conversation that calls {@code subscribed} with its first accepted subscription. */
    FullConversation(FullDialect dialect, Session session, Caller caller, Runnable subscribed) {
        this.dialect = dialect;
        this.session = session;
        this.context = session.context();
        this.openedAt = context.nanoTime();
        this.beats = new Beats(context.limits().beats(), context.heartbeat().toNanos(), openedAt);
        this.subscriptions = new Subscriptions(session, caller, control, subscribed);
    }

    @Override
    public void opened() {
        control.add(ServerLine.welcome(
                UUID.randomUUID().toString(),
                context.heartbeat().toMillis(),
                dialect.features(context.channels()),
                limits()));
    }

    /** Returns the limits that a client must know. */
    private Map<String, Long> limits() {
        InboundLimits inbound = context.limits().inbound();
        Map<String, Long> limits = new LinkedHashMap<>();
        limits.put("requestBytes", (long) inbound.chars());
        limits.put("requests", (long) inbound.requests());
        limits.put("requestWindow", inbound.window().toMillis());
        limits.put("subscriptions", (long) context.limits().subscriptions());
        limits.put("keys", (long) context.limits().keys());
        return limits;
    }

    @Override
    public void line(ClientLine line) {
        if (line instanceof ClientLine.Subscribe subscribe) {
            request(subscribe.id(), () -> subscriptions.subscribe(subscribe));
        } else if (line instanceof ClientLine.Unsubscribe unsubscribe) {
            request(unsubscribe.id(), () -> unsubscribe(unsubscribe));
        } else if (line instanceof ClientLine.Hidden hidden) {
            subscriptions.hide(hidden); // a half hidden session could not continue: a failure here ends it
        } else if (line instanceof ClientLine.InView inView) {
            request(inView.id(), () -> subscriptions.view(inView));
        } else if (line instanceof ClientLine.Beat beat) {
            beats.answered(beat.n(), context.nanoTime());
        } else if (line instanceof ClientLine.Ping ping) {
            control.add(ServerLine.pong(ping.id()));
        } else if (line instanceof ClientLine.Refused refused) {
            refuse(refused.id(), refused.code(), refused.message());
        }
    }

    @Override
    public void pong() {
        // this dialect has its own beats
    }

    @Override
    public @Nullable Frame next() {
        if (subscriptions.areWaiting()) {
            subscriptions.startWaiting(this::refuse);
            session.lookAgain();
        }
        FrameBuffer frame = session.bench().frame();
        frame.clear();
        frame.addAll(control);
        boolean goOn = beats.open() && subscriptions.refresh();
        if (!goOn || (!frame.isEmpty() && subscriptions.compress())) {
            return frame.isEmpty() ? null : sent(frame.frame());
        }
        Frame slice = frame.isEmpty() ? subscriptions.slice(session.maxBatchBytes()) : null;
        if (slice != null) {
            return sent(slice);
        }
        subscriptions.fill(frame);
        return frame.isEmpty() ? null : sent(frame.frame());
    }

    @Override
    public Outlook outlook() {
        Outlook outlook = subscriptions.outlook();
        if (outlook.compareTo(Outlook.WAITS_FOR_CLIENT) > 0 && !beats.open()) {
            return Outlook.WAITS_FOR_CLIENT;
        }
        return control.isEmpty() ? outlook : outlook.or(Outlook.UNSURE);
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
        } else {
            if (beats.due(now)) {
                beat(now);
            }
        }
    }

    @Override
    public void removed(Channel channel) {
        if (subscriptions.remove(channel)) {
            control.add(ServerLine.unsubscribed(null, channel.name(), "the server stopped the channel"));
        }
    }

    @Override
    public Frame bye(CloseCode code, long retryAfterMillis) {
        FrameBuffer frame = session.bench().frame();
        frame.clear();
        frame.addAll(control);
        frame.add(ServerLine.bye(code, retryAfterMillis));
        return frame.frame();
    }

    @Override
    public void ended() {
        subscriptions.clear();
    }

    private void request(@Nullable Long id, Runnable handling) {
        try {
            handling.run();
        } catch (Throwable e) {
            refuse(id, e);
        }
    }

    private void refuse(@Nullable Long id, Throwable why) {
        if (why instanceof RefusedLineException refusal) {
            refuse(id, refusal.code(), String.valueOf(refusal.getMessage()));
        } else {
            session.bench().failures().warn("A request failed and is answered 'internal'", why);
            refuse(id, ErrorCode.INTERNAL, "the server failed at this request; its log says why");
        }
    }

    private void unsubscribe(ClientLine.Unsubscribe request) {
        if (!subscriptions.unsubscribe(request.channel())) {
            throw new RefusedLineException(ErrorCode.BAD_REQUEST, "not subscribed to that channel");
        }
        control.add(ServerLine.unsubscribed(request.id(), request.channel(), "asked for"));
    }

    private void refuse(@Nullable Long id, ErrorCode code, String message) {
        context.services().telemetry().add(Meter.ERRORS, "", 1);
        control.add(ServerLine.error(id, code, message));
    }

    private Frame sent(Frame frame) {
        beats.sent(frame.bytes());
        if (beats.due()) {
            beat(context.nanoTime());
        }
        return frame;
    }

    /** A beat goes after everything sent so far, so that its answer shows that all of it was read. */
    private void beat(long now) {
        subscriptions.bookmark();
        long number = beats.next(now);
        session.inbound().awaitBeat(number);
        control.add(ServerLine.beat(number));
    }
}
