package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.AccessQuestion;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.GrantedChannel;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.worker.Session;
import org.jspecify.annotations.Nullable;

/**
 * Applies the present rights of a session's user to its subscriptions. An equal grant changes nothing. Another one
 * voids what was sent, and none ends the subscription. Confined to the session's worker.
 */
final class GrantUpdates {
    /** The reason of an end for which clients do not ask again. */
    private static final String FORBIDDEN = ErrorCode.FORBIDDEN.code();

    private final Session session;
    private final EndpointChannels channels;
    private final OpenSubscriptions open;
    private final PendingSubscriptions pending;
    private final SubscriptionCosts costs;
    private final SessionLines lines;
    private final Failures failures;

    GrantUpdates(
            Session session,
            OpenSubscriptions open,
            PendingSubscriptions pending,
            SubscriptionCosts costs,
            SessionLines lines,
            Failures failures) {
        this.session = session;
        this.channels = session.context().channels();
        this.open = open;
        this.pending = pending;
        this.costs = costs;
        this.lines = lines;
        this.failures = failures;
    }

    /** Applies the answer to {@code question} to the subscriptions to {@code name}, if there are any. */
    void apply(String name, AccessQuestion question) {
        if (open.find(name) == null && pending.find(name) == null) {
            return;
        }
        try {
            apply(channels.granted(question));
            if (open.find(name) == null && pending.find(name) == null) {
                costs.end(name);
            }
        } catch (RefusedLineException refusal) {
            changed(name, refusal);
            end(name, refusal);
            costs.end(name);
        }
    }

    /** Applies {@code now} to the subscriptions to its channel. One that cannot go on ends. */
    void apply(GrantedChannel now) {
        String name = now.channel().name();
        Subscription standing = open.find(name);
        PendingSubscription waiting = pending.find(name);
        try {
            if (waiting != null && !fits(waiting, now)) {
                changed(name, null);
                pending.move(waiting, now, owner(now));
            }
            if (standing != null) {
                apply(standing, now);
            }
        } catch (RefusedLineException refusal) {
            end(name, refusal);
        }
    }

    private void apply(Subscription standing, GrantedChannel now) {
        Channel channel = now.channel();
        boolean same = standing.channel() == channel;
        if (same && standing.selection().grant().equals(now.grant())) {
            return;
        }
        changed(channel.name(), null);
        if (same) {
            standing.regrant(standing.selection().within(now.grant(), channel), owner(now));
        } else if (standing.channel()
                .policy()
                .filterFields()
                .equals(channel.policy().filterFields())) {
            pending.replace(standing, now, owner(now));
        } else {
            throw new RefusedLineException(
                    ErrorCode.BAD_FILTER, "your rights have changed, and the channel has other fields now");
        }
    }

    private static boolean fits(PendingSubscription waiting, GrantedChannel now) {
        return waiting.search().channel() == now.channel()
                && waiting.search().selection().grant().equals(now.grant());
    }

    private PlaceOwner owner(GrantedChannel now) {
        return session.context().sealing().owner(now.channel(), session.caller(), now.grant());
    }

    /** Ends the subscriptions to {@code name}. If the rights are there, clients ask again. */
    private void end(String name, RefusedLineException refusal) {
        boolean stood = open.end(name);
        PendingSubscription waiting = pending.stop(name);
        if (stood) {
            String reason = String.valueOf(refusal.getMessage());
            lines.unsubscribed(null, name, refusal.code() == ErrorCode.FORBIDDEN ? FORBIDDEN : reason);
        }
        if (waiting != null) {
            waiting.ids().forEach(id -> failures.answer(id, refusal));
        }
    }

    private void changed(String name, @Nullable RefusedLineException refusal) {
        session.audit()
                .grantChanged(
                        name,
                        refusal == null ? "" : refusal.code().code(),
                        refusal == null ? "" : String.valueOf(refusal.getMessage()));
    }
}
