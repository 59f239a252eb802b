/**
 * The events that a subscription reads, and where from: a snapshot, replayed pieces, the channel's log.
 *
 * <p>Open {@link io.laundrybridge.session.feed.Feed} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.feed;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
