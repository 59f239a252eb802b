/**
 * The events that a subscription reads from a snapshot, from replayed pieces and from the channel's log.
 *
 * <p>Open {@link io.laundrybridge.session.feed.Feed} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.feed;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
