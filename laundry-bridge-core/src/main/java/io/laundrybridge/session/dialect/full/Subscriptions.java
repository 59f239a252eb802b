package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.await.Awaits;
import io.laundrybridge.session.dialect.AccessQueue;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.AccessQuestion;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.GrantedChannel;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The subscriptions of a full session, as requests begin, change and end them. Confined to the session's worker. */
final class Subscriptions {
    private final Session session;
    private final EndpointContext context;
    private final SessionLines lines;
    private final OpenSubscriptions open;
    private final PendingSubscriptions pending;
    private final SubscriptionCosts costs;
    private final SubscribeLimits limits;
    private final AccessQueue access;
    private final GrantUpdates grants;
    private final Awaits awaits;
    private final Runnable onFirst;
    private boolean used;

    /** Starts without subscriptions; {@code onFirst} runs with the first accepted one. */
    Subscriptions(Session session, SessionLines lines, Failures failures, Runnable onFirst) {
        this.session = session;
        this.context = session.context();
        this.lines = lines;
        this.open = new OpenSubscriptions(session, lines);
        this.costs = new SubscriptionCosts(context.subscriptions());
        this.awaits = new Awaits(context.limits().awaits(), context.subscriptions(), failures::answer);
        this.pending = new PendingSubscriptions(session, open, costs, failures, awaits);
        this.access = new AccessQueue(session, context.channels()::ask);
        this.grants = new GrantUpdates(session, open, pending, costs, lines, failures);
        this.limits = new SubscribeLimits(context.limits());
        this.onFirst = onFirst;
    }

    /** Returns the subscriptions that have begun. */
    OpenSubscriptions open() {
        return open;
    }

    /** Returns the subscriptions whose start has not been found yet. */
    PendingSubscriptions pending() {
        return pending;
    }

    /** Returns the requests that wait for access rules. */
    AccessQueue access() {
        return access;
    }

    /** Asks again what the session's user may read. */
    void recheck() {
        Set<String> names = new LinkedHashSet<>(open.names());
        names.addAll(pending.names());
        names.forEach(name -> access.recheck(name, question -> grants.apply(name, question)));
    }

    /** Returns whether no subscribe was ever accepted. */
    boolean neverUsed() {
        return !used;
    }

    /** Returns what the next turn would find. */
    Outlook outlook() {
        return pending.outlook().or(open.outlook());
    }

    /** Opens a subscription, or changes the existing one, as far as the answer to {@code question} allows. */
    void subscribe(ClientLine.Subscribe request, AccessQuestion question) {
        GrantedChannel granted = readable(request.channel(), question);
        if (open.find(request.channel()) == null && pending.find(request.channel()) == null) {
            limits.another(open.count() + pending.count());
        }
        limits.keys(request.keys());
        limits.view(request.view());
        costs.take(request, () -> subscribe(request, granted));
    }

    private GrantedChannel readable(String channel, AccessQuestion question) {
        try {
            return context.channels().readable(question);
        } catch (RefusedLineException refusal) {
            session.audit().notSubscribed(channel, refusal);
            throw refusal;
        }
    }

    private void subscribe(ClientLine.Subscribe request, GrantedChannel granted) {
        Channel channel = granted.channel();
        PlaceOwner owner = context.sealing().owner(channel, session.caller(), granted.grant());
        Selection selection = Selection.of(request.keys())
                .where(request.where(), channel, context.limits().filters())
                .within(granted.grant(), channel);
        grants.apply(granted);
        Subscription standing = open.find(request.channel());
        PendingSubscription waiting = pending.find(request.channel());
        if (standing != null && request.from() == null) {
            view(request.view()); // first, so that a snapshot shows it
            pending.change(standing, request, owner);
        } else if (waiting != null && request.from() == null) {
            pending.select(waiting, request, selection);
            view(request.view());
        } else {
            pending.begin(request, channel, owner, selection);
            first();
        }
    }

    /** Notes that the session is used: it has a subscription, or its user may publish. */
    void first() {
        if (!used) {
            used = true;
            onFirst.run();
        }
    }

    /**
     * Ends the subscription to {@code name}.
     *
     * @return whether there was one
     */
    boolean unsubscribe(String name) {
        costs.end(name);
        boolean stood = open.end(name);
        PendingSubscription waiting = pending.stop(name);
        if (waiting != null) {
            waiting.ids().forEach(id -> lines.unsubscribed(id, name, "ended before it began"));
        }
        return waiting != null || stood;
    }

    /**
     * Removes the subscription to a channel that has gone.
     *
     * @return whether there was one
     */
    boolean remove(Channel channel) {
        Subscription standing = open.find(channel.name());
        PendingSubscription waiting = pending.find(channel.name());
        boolean there = standing == null
                ? waiting != null && waiting.search().channel() == channel
                : standing.channel() == channel;
        return there && unsubscribe(channel.name());
    }

    /** Changes the keys of a channel that the page shows. */
    void view(ClientLine.@Nullable InView request) {
        if (request == null) {
            return;
        }
        limits.view(request);
        KeyView view = KeyView.of(request.keys());
        Subscription standing = open.find(request.channel());
        PendingSubscription waiting = pending.find(request.channel());
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

    /** Waits until everything up to a place was sent. */
    void await(ClientLine.Await line) {
        Subscription standing = open.find(line.channel());
        PendingSubscription waiting = pending.find(line.channel());
        if (standing != null) {
            await(line, standing.channel(), standing.owner());
        } else if (waiting != null) {
            await(line, waiting.search().channel(), waiting.search().owner());
        } else {
            throw new RefusedLineException(ErrorCode.BAD_REQUEST, "not subscribed to that channel");
        }
    }

    private void await(ClientLine.Await line, Channel channel, PlaceOwner owner) {
        ChannelLog log = channel.state().log();
        awaits.add(line, session.reading().places(), owner, log == null ? null : log.epoch(), context.nanoTime());
    }

    /** Refuses to wait any longer for places of subscriptions that have ended. */
    void endAwaits() {
        if (!awaits.isEmpty()) {
            awaits.endUnless(name -> open.find(name) != null || pending.find(name) != null);
        }
    }

    /** Drops what the client has not read for too long, and refuses to wait any longer for what has not come. */
    void expire(long now) {
        open.expire(now);
        awaits.expire(now);
    }

    /** Ends all subscriptions, with the session. */
    void clear() {
        access.clear();
        open.clear();
        pending.clear();
        costs.clear();
        awaits.clear();
    }
}
