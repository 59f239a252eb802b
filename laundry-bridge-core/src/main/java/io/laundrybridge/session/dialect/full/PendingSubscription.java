package io.laundrybridge.session.dialect.full;

import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.session.feed.VisibleKeys;
import io.laundrybridge.session.start.PendingStart;
import java.util.ArrayList;
import java.util.List;

/**
 * An accepted subscribe, and the search for its place.
 *
 * @param overtaken ids of earlier subscribes to the same channel that this one replaced before they began; they are
 *     answered along with it
 */
record PendingSubscription(
        ClientLine.Subscribe request, PendingStart search, VisibleKeys inView, List<Long> overtaken) {

    /** Applies {@code newer} to the request; the search for the place continues. */
    PendingSubscription changedBy(ClientLine.Subscribe newer) {
        return new PendingSubscription(newer, search, inView, ids());
    }

    /** Applies {@code newer}, with another search for the same place, to the request. */
    PendingSubscription changedBy(ClientLine.Subscribe newer, PendingStart other) {
        return new PendingSubscription(newer, other, inView, ids());
    }

    /** Returns the ids that wait for an answer, in their order. */
    List<Long> ids() {
        List<Long> ids = new ArrayList<>(overtaken);
        ids.add(request.id());
        return ids;
    }
}
