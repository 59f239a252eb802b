package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.feed.VisibleKeys;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.wake.ChannelReaders;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The subscriptions of a full session, at most one per channel, served in turn. Confined to the session's worker. */
final class Subscriptions {
    /** The most bytes of one channel in a frame before the next has its turn. */
    private static final int TURN_BYTES = 16 << 10;

    private final Session session;
    private final EndpointContext context;
    private final Caller caller;
    private final Runnable onFirst;
    private final List<Subscription> open = new ArrayList<>();
    private final SubscriptionCosts costs;
    private final Map<String, PendingSubscription> pending = new LinkedHashMap<>();
    private final Queue<byte[]> answers;
    private final SessionSnapshots snapshots;
    private int turn;
    private boolean used;
    private boolean hidden;
    private boolean latest;

    /**
     * Starts without subscriptions.
     *
     * @param answers receives lines that answer requests whose subscription ends
     */
    Subscriptions(Session session, Caller caller, Queue<byte[]> answers, Runnable onFirst) {
        this.session = session;
        this.context = session.context();
        this.snapshots = new SessionSnapshots(context);
        this.costs = new SubscriptionCosts(context.subscriptions());
        this.caller = caller;
        this.answers = answers;
        this.onFirst = onFirst;
    }

    /** Opens a subscription, or changes the existing one. */
    void subscribe(ClientLine.Subscribe request) {
        Channel channel = context.channels().readable(request.channel(), caller);
        refuseOverLimits(request);
        refuseUnready(channel);
        costs.take(request, () -> open(request, channel));
    }

    private void open(ClientLine.Subscribe request, Channel channel) {
        Selection selection = Selection.of(request.keys())
                .where(request.where(), channel, context.limits().filters());
        Subscription standing = find(request.channel());
        PendingSubscription waiting = pending.get(request.channel());
        if (standing != null && request.from() == null) {
            view(request.view()); // first, so that a snapshot shows it
            standing.select(request, selection);
            listen(standing);
        } else if (waiting != null && request.from() == null) {
            waiting.search().select(selection);
            pending.put(request.channel(), waiting.changedBy(request));
            view(request.view());
        } else {
            begin(request, channel, selection);
        }
    }

    private void begin(ClientLine.Subscribe request, Channel channel, Selection selection) {
        var search = new PendingStart(
                session, context.limits().aheadWait(), channel, request.from(), request.otherwise(), selection);
        StartPlace start = search.find();
        snapshots.check(channel, start);
        end(find(channel.name()));
        PendingSubscription before = stopLooking(channel.name());
        PendingSubscription asked = new PendingSubscription(
                request, search, inView(request, channel), before == null ? List.of() : before.ids());
        if (start == null) {
            pending.put(channel.name(), asked);
        } else {
            add(asked, start);
        }
        if (!used) {
            used = true;
            onFirst.run();
        }
    }

    private VisibleKeys inView(ClientLine.Subscribe request, Channel channel) {
        VisibleKeys inView = new VisibleKeys(channel, session.bench().steps());
        if (request.view() != null) {
            if (request.from() instanceof StartFrom.At) {
                inView.change(KeyView.NONE); // so that all keys in view come into it
            }
            inView.change(KeyView.of(request.view().keys()));
        }
        return inView;
    }

    /** Ends the subscription to {@code name}; returns whether there was one. */
    boolean unsubscribe(String name) {
        costs.end(name);
        Subscription standing = find(name);
        end(standing);
        PendingSubscription waiting = stopLooking(name);
        if (waiting != null) {
            waiting.ids().forEach(id -> answers.add(ServerLine.unsubscribed(id, name, "ended before it began")));
        }
        return waiting != null || standing != null;
    }

    private void end(@Nullable Subscription standing) {
        if (standing != null) {
            open.remove(standing);
            standing.close();
            answers.addAll(standing.unsentAnswers());
            count(standing.channel(), -1);
        }
    }

    private @Nullable PendingSubscription stopLooking(String name) {
        PendingSubscription waiting = pending.remove(name);
        if (waiting != null) {
            waiting.search().close();
        }
        return waiting;
    }

    /** Returns the channel is gone; returns whether it was subscribed to. */
    boolean remove(Channel channel) {
        Subscription standing = find(channel.name());
        PendingSubscription waiting = pending.get(channel.name());
        boolean there = standing == null
                ? waiting != null && waiting.search().channel() == channel
                : standing.channel() == channel;
        return there && unsubscribe(channel.name());
    }

    /** Returns whether no subscribe was ever accepted. */
    boolean neverUsed() {
        return !used;
    }

    /** Updates all; false if the session is being closed because one fell behind. */
    boolean refresh() {
        for (Subscription subscription : open) {
            if (!subscription.refresh()) {
                session.close(
                        CloseCode.SLOW_CONSUMER,
                        "fell behind channel " + subscription.channel().name() + "; come back and resume");
                return false;
            }
        }
        return true;
    }

    /** Returns what the next turn would find. */
    Outlook outlook() {
        Outlook outlook = searches();
        for (int i = 0; i < open.size() && outlook != Outlook.CATCHING_UP; i++) {
            outlook = outlook.or(open.get(i).outlook());
        }
        return outlook;
    }

    /** Returns what the next turn would find about places that are still being searched. */
    private Outlook searches() {
        Outlook outlook = Outlook.IDLE;
        for (PendingSubscription waiting : pending.values()) {
            outlook = outlook.or(waiting.search().looks() ? Outlook.CATCHING_UP : Outlook.UNSURE);
        }
        return outlook;
    }

    /** Returns whether some frames are to be compressed, which then hold only a piece of one log. */
    boolean compress() {
        for (Subscription subscription : open) {
            if (subscription.compresses()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns a piece of the log that can be sent as it is: if only one subscription has something to send, or if the
     * one whose turn it is compresses.
     */
    @Nullable Frame slice(int maxBytes) {
        int first = working(1);
        if (first > open.size()) {
            return null;
        }
        Subscription next = inTurn(first);
        if (working(first + 1) > open.size()) {
            return next.slice(maxBytes);
        }
        Frame slice = next.compresses() ? next.slice(Math.min(maxBytes, TURN_BYTES)) : null;
        turn = slice == null ? turn : (turn + first) % open.size();
        return slice;
    }

    /**
     * Returns how far the next subscription with something to send is after the last one that had its turn, at least
     * {@code ahead}.
     */
    private int working(int ahead) {
        int next = ahead;
        while (next <= open.size() && !inTurn(next).hasWork()) {
            next++;
        }
        return next;
    }

    private Subscription inTurn(int ahead) {
        return open.get((turn + ahead) % open.size());
    }

    /**
     * Fills {@code frame}, each subscription in its turn. A subscription that needs an emptier frame, or one of its
     * own, ends the frame and begins the next. If it were passed over, others could delay it for ever.
     */
    void fill(FrameBuffer frame) {
        for (int i = 0; i < open.size() && frame.room() > 0 && inTurn(1).fill(frame, TURN_BYTES); i++) {
            turn = (turn + 1) % open.size();
        }
    }

    /** Drops snapshots that the client has not read for too long. */
    void expire(long now) {
        open.forEach(subscription -> subscription.expire(now));
    }

    void bookmark() {
        open.forEach(Subscription::bookmark);
    }

    /** Returns whether some wait for their place. */
    boolean areWaiting() {
        return !pending.isEmpty();
    }

    /** Starts waiting subscriptions whose place is now known; {@code refused} receives those that will not start. */
    void startWaiting(BiConsumer<Long, Throwable> refused) {
        for (PendingSubscription waiting : List.copyOf(pending.values())) {
            String name = waiting.request().channel();
            try {
                StartPlace start = waiting.search().find();
                if (start != null) {
                    snapshots.check(waiting.search().channel(), start);
                    stopLooking(name);
                    add(waiting, start);
                }
            } catch (Throwable e) {
                stopLooking(name);
                costs.end(name);
                waiting.ids().forEach(id -> refused.accept(id, e));
            }
        }
    }

    void clear() {
        for (Subscription subscription : open) {
            subscription.close();
            count(subscription.channel(), -1);
        }
        open.clear();
        List.copyOf(pending.keySet()).forEach(this::stopLooking);
        costs.clear();
    }

    private void add(PendingSubscription asked, StartPlace start) {
        Subscription subscription = new Subscription(session, asked, start, snapshots);
        if (hidden) {
            subscription.hide();
        }
        open.add(subscription);
        listen(subscription);
        count(subscription.channel(), 1);
    }

    /**
     * Wakes the session for each change of a channel, for all within an interval together, or for none while it is
     * hidden.
     */
    private void listen(Subscription subscription) {
        ChannelReaders readers = session.bench().readers(subscription.channel());
        if (hidden) {
            readers.rest(subscription.interest());
            subscription.gather(null);
        } else {
            subscription.gather(readers.gather(subscription.interest(), subscription.flush()));
        }
    }

    /** The page is hidden, and costs nothing until it is visible again. */
    void hide(ClientLine.Hidden request) {
        latest = request.latest() || (latest && !request.hidden());
        if (request.hidden() == hidden) {
            return;
        }
        hidden = request.hidden();
        for (Subscription subscription : open) {
            if (hidden) {
                subscription.hide();
            } else {
                subscription.show(latest);
            }
            listen(subscription);
        }
    }

    /** The page shows other keys of a channel. */
    void view(ClientLine.@Nullable InView request) {
        if (request == null) {
            return;
        }
        refuseTooMany(request);
        KeyView view = KeyView.of(request.keys());
        Subscription standing = find(request.channel());
        PendingSubscription waiting = pending.get(request.channel());
        if (waiting == null && standing == null) {
            throw new RefusedLineException(ErrorCode.BAD_REQUEST, "not subscribed to that channel");
        }
        costs.view(request.channel(), request.keys());
        if (waiting != null) {
            waiting.inView().change(view);
        } else if (standing != null) {
            standing.view(view);
        }
    }

    private @Nullable Subscription find(String name) {
        for (Subscription subscription : open) {
            if (subscription.channel().name().equals(name)) {
                return subscription;
            }
        }
        return null;
    }

    private void refuseOverLimits(ClientLine.Subscribe request) {
        int limit = context.limits().subscriptions();
        boolean another = find(request.channel()) == null && !pending.containsKey(request.channel());
        if (another && open.size() + pending.size() >= limit) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED, "a session has at most " + limit + " subscriptions; end one first");
        }
        refuseTooMany(request.keys());
        refuseTooMany(request.view());
    }

    private void refuseTooMany(ClientLine.@Nullable InView view) {
        refuseTooMany(view == null || view.keys() == null ? List.of() : view.keys());
    }

    private void refuseTooMany(List<String> keys) {
        if (keys.size() > context.limits().keys()) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a subscription has at most " + context.limits().keys() + " keys; use a prefix such as site-7/*");
        }
    }

    private static void refuseUnready(Channel channel) {
        if (channel.state().log() == null || !channel.state().ready()) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE, "the channel is not ready yet; try again shortly");
        }
    }

    private void count(Channel channel, long change) {
        context.services().telemetry().add(Meter.SUBSCRIPTIONS, channel.name(), change);
    }
}
