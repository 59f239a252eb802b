package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.session.await.Awaits;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.GrantedChannel;
import io.laundrybridge.session.feed.VisibleKeys;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a full session whose start has not been found yet, at most one per channel. Confined to the
 * session's worker.
 */
final class PendingSubscriptions {
    private final Session session;
    private final OpenSubscriptions open;
    private final SubscriptionCosts costs;
    private final Failures failures;
    private final Awaits awaits;
    private final SessionSnapshots snapshots;
    private final Map<String, PendingSubscription> byChannel = new LinkedHashMap<>();

    /** Starts without subscriptions; they move to {@code open} once their start is found. */
    PendingSubscriptions(
            Session session, OpenSubscriptions open, SubscriptionCosts costs, Failures failures, Awaits awaits) {
        this.session = session;
        this.open = open;
        this.costs = costs;
        this.failures = failures;
        this.awaits = awaits;
        this.snapshots = new SessionSnapshots(session.context());
    }

    @Nullable PendingSubscription find(String channel) {
        return byChannel.get(channel);
    }

    /** Returns the names of the channels. */
    List<String> names() {
        return List.copyOf(byChannel.keySet());
    }

    int count() {
        return byChannel.size();
    }

    boolean isEmpty() {
        return byChannel.isEmpty();
    }

    /**
     * Begins the search for a subscription's start, which replaces any other to {@code channel}. Begins the
     * subscription if it is found.
     */
    void begin(ClientLine.Subscribe request, Channel channel, PlaceOwner owner, Selection selection) {
        PendingStart search = search(channel, owner, request.from(), request.otherwise(), selection);
        StartPlace start = search.find();
        snapshots.check(channel, start);
        open.end(channel.name());
        PendingSubscription before = stop(channel.name());
        PendingSubscription asked = new PendingSubscription(
                request, search, inView(request, channel), before == null ? List.of() : before.ids());
        if (start == null) {
            byChannel.put(channel.name(), asked);
        } else {
            open(asked, start);
        }
    }

    private VisibleKeys inView(ClientLine.Subscribe request, Channel channel) {
        VisibleKeys inView = new VisibleKeys(channel, session.reading().steps());
        if (request.view() != null) {
            if (request.from() != null && request.from().resumes()) {
                inView.change(KeyView.NONE); // so that all keys in view come into it
            }
            inView.change(KeyView.of(request.view().keys()));
        }
        return inView;
    }

    /** Changes the selection of {@code waiting}; the search for its start continues. */
    void select(PendingSubscription waiting, ClientLine.Subscribe request, Selection selection) {
        waiting.search().select(selection);
        byChannel.put(request.channel(), waiting.changedBy(request));
    }

    /**
     * Searches the start of {@code waiting} anew, in the channel that the session may read now, as {@code owner}.
     *
     * @throws RefusedLineException if the client's filter or place does not fit
     */
    void move(PendingSubscription waiting, GrantedChannel now, PlaceOwner owner) {
        ClientLine.Subscribe request = waiting.request();
        Channel channel = now.channel();
        Selection selection = Selection.of(request.keys())
                .where(request.where(), channel, session.context().limits().filters())
                .within(now.grant(), channel);
        PendingStart search = waiting.search().anew(channel, owner, selection); // the request may have no place
        waiting.search().close();
        byChannel.put(
                channel.name(),
                new PendingSubscription(
                        request,
                        search,
                        waiting.inView().of(channel, session.reading().steps()),
                        waiting.overtaken()));
    }

    /**
     * Ends {@code standing} and begins a subscription to another variant of its channel, as {@code owner}. A reset
     * comes first, then the state, or the stream from now on.
     *
     * @throws RefusedLineException if the variant cannot begin now
     */
    void replace(Subscription standing, GrantedChannel now, PlaceOwner owner) {
        Channel channel = now.channel();
        Selection selection = standing.selection().within(now.grant(), channel);
        PendingStart search = search(channel, owner, null, null, selection);
        StartPlace start = search.find();
        if (start == null) {
            throw new RefusedLineException(ErrorCode.SOURCE_UNAVAILABLE, "the channel is not ready yet");
        }
        Subscription next = standing.on(search, start.because(ResetReason.ACCESS), snapshots.of(channel), awaits);
        open.end(channel.name());
        open.add(next, List.of(), start.because(ResetReason.ACCESS));
    }

    private PendingStart search(
            Channel channel,
            PlaceOwner owner,
            @Nullable StartFrom from,
            @Nullable StartFrom otherwise,
            Selection selection) {
        Duration patience = session.context().limits().aheadWait();
        return new PendingStart(session.reading(), patience, channel, owner, from, otherwise, selection);
    }

    /** Begins the subscriptions whose start is known now, and refuses the ones that cannot begin. */
    void beginFound() {
        for (PendingSubscription waiting : List.copyOf(byChannel.values())) {
            String name = waiting.request().channel();
            try {
                StartPlace start = waiting.search().find();
                if (start != null) {
                    snapshots.check(waiting.search().channel(), start);
                    stop(name);
                    open(waiting, start);
                }
            } catch (Throwable e) {
                stop(name);
                costs.end(name);
                waiting.ids().forEach(id -> failures.answer(id, e));
            }
        }
    }

    private void open(PendingSubscription asked, StartPlace start) {
        Channel channel = asked.search().channel();
        open.add(new Subscription(session, asked, start, snapshots.of(channel), awaits), asked.ids(), start);
    }

    /**
     * Ends the search for {@code channel}.
     *
     * @return the pending subscription, or null
     */
    @Nullable PendingSubscription stop(String channel) {
        PendingSubscription waiting = byChannel.remove(channel);
        if (waiting != null) {
            waiting.search().close();
        }
        return waiting;
    }

    /** Ends all searches. */
    void clear() {
        List.copyOf(byChannel.keySet()).forEach(this::stop);
    }

    /** Returns what the next turn would find. */
    Outlook outlook() {
        Outlook outlook = Outlook.IDLE;
        for (PendingSubscription waiting : byChannel.values()) {
            outlook = outlook.or(waiting.search().looks() ? Outlook.CATCHING_UP : Outlook.UNSURE);
        }
        return outlook;
    }
}
