package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.Travel;
import io.laundrybridge.session.await.Awaits;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.GrantedChannel;
import io.laundrybridge.session.feed.VisibleKeys;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.start.EndFinder;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import java.util.ArrayList;
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
    private final Map<String, Change> changes = new LinkedHashMap<>();

    /** A change of an open subscription, which waits for the place of its end; {@code ids} are to be answered. */
    private record Change(List<Long> ids, ClientLine.Subscribe request, EndFinder end) {}

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
        return byChannel.isEmpty() && changes.isEmpty();
    }

    /**
     * Begins the search for a subscription's start, which replaces any other to {@code channel}. Begins the
     * subscription if it is found.
     */
    void begin(ClientLine.Subscribe request, Channel channel, PlaceOwner owner, Selection selection) {
        PendingStart search = search(channel, owner, request.from(), request.otherwise(), selection, request.travel());
        StartPlace start = search.find();
        snapshots.check(channel, start);
        open.end(channel.name());
        PendingSubscription before = stop(channel.name());
        List<Long> overtaken = new ArrayList<>(drop(channel.name()));
        overtaken.addAll(before == null ? List.of() : before.ids());
        PendingSubscription asked = new PendingSubscription(request, search, inView(request, channel), overtaken);
        if (start == null) {
            byChannel.put(channel.name(), asked);
        } else {
            open(asked, start);
        }
    }

    /**
     * Changes {@code standing} as {@code request} says, at once or when the place of its end is found.
     *
     * @throws RefusedLineException if its end cannot be found
     */
    void change(Subscription standing, ClientLine.Subscribe request, PlaceOwner owner) {
        Duration patience = session.context().limits().aheadWait();
        EndFinder end = new EndFinder(
                session.reading(),
                patience,
                standing.channel(),
                owner,
                request.travel().until());
        boolean found = end.isFound();
        List<Long> ids = new ArrayList<>(drop(request.channel()));
        ids.add(request.id());
        Change change = new Change(ids, request, end);
        if (found) {
            apply(standing, change);
        } else {
            changes.put(request.channel(), change);
        }
    }

    private void apply(Subscription standing, Change change) {
        ClientLine.Subscribe request = change.request();
        Selection selection =
                selection(request, standing.channel(), standing.selection().grant());
        standing.select(change.ids(), request, selection, change.end().end());
    }

    private void applyFound() {
        for (Change change : List.copyOf(changes.values())) {
            String name = change.request().channel();
            Subscription standing = open.find(name);
            try {
                if (standing == null) {
                    throw new RefusedLineException(ErrorCode.BAD_REQUEST, "the subscription ended meanwhile");
                }
                if (change.end().isFound()) {
                    drop(name);
                    apply(standing, change);
                }
            } catch (Throwable e) {
                drop(name);
                change.ids().forEach(id -> failures.answer(id, e));
            }
        }
    }

    /** Drops the change of the subscription to {@code channel} that waits; returns the ids to be answered. */
    private List<Long> drop(String channel) {
        Change change = changes.remove(channel);
        if (change == null) {
            return List.of();
        }
        change.end().close();
        return change.ids();
    }

    private Selection selection(ClientLine.Subscribe request, Channel channel, Grant grant) {
        return Selection.of(request.keys())
                .where(request.where(), channel, session.context().limits().filters())
                .within(grant, channel);
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
        if (request.travel().equals(waiting.request().travel())) {
            waiting.search().select(selection);
            byChannel.put(request.channel(), waiting.changedBy(request));
        } else {
            PendingStart search = waiting.search().played(request.travel(), selection);
            waiting.search().close();
            byChannel.put(request.channel(), waiting.changedBy(request, search));
        }
    }

    /**
     * Searches the start of {@code waiting} anew, in the channel that the session may read now, as {@code owner}.
     *
     * @throws RefusedLineException if the client's filter or place does not fit
     */
    void move(PendingSubscription waiting, GrantedChannel now, PlaceOwner owner) {
        ClientLine.Subscribe request = waiting.request();
        Channel channel = now.channel();
        Selection selection = selection(request, channel, now.grant());
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
        PendingStart search = search(channel, owner, null, null, selection, Travel.NONE);
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
            Selection selection,
            Travel travel) {
        Duration patience = session.context().limits().aheadWait();
        return new PendingStart(session.reading(), patience, channel, owner, from, otherwise, selection, travel);
    }

    /** Begins the subscriptions whose start is known now, and refuses the ones that cannot begin. */
    void beginFound() {
        applyFound();
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
        List.copyOf(changes.keySet()).forEach(this::drop);
    }

    /** Returns what the next turn would find. */
    Outlook outlook() {
        Outlook outlook = changes.isEmpty() ? Outlook.IDLE : Outlook.UNSURE;
        for (PendingSubscription waiting : byChannel.values()) {
            outlook = outlook.or(waiting.search().looks() ? Outlook.CATCHING_UP : Outlook.UNSURE);
        }
        return outlook;
    }
}
