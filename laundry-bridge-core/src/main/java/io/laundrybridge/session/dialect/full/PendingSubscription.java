package io.laundrybridge.session.dialect.full;

import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.session.feed.VisibleKeys;
import io.laundrybridge.session.start.PendingStart;
import java.util.ArrayList;
import java.util.List;

/**
 * A subscribe that was accepted, and the search for its place.
 *
 * @param overtaken ids of subscribes to the same channel that this one came in place of before they began; they are answered
 *     along with it
 */
record PendingSubscription(
        ClientLine.Subscribe request, PendingStart search, VisibleKeys inView, List<Long> overtaken) {

    /** {@code newer} changes what is asked for; the search for the place goes on. */
    PendingSubscription changedBy(ClientLine.Subscribe newer) {
        return new PendingSubscription(newer, search, inView, ids());
    }

    /** The ids that wait for an answer, in the order in which they came. */
    List<Long> ids() {
        List<Long> ids = new ArrayList<>(overtaken);
        ids.add(request.id());
        return ids;
    }
}
