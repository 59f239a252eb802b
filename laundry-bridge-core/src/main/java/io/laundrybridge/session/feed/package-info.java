/**
 * What a subscription reads, and from where: a snapshot, replayed pieces, the channel's log.
 *
 * <p>Open {@link io.laundrybridge.session.feed.Feed} first.
 */
@NullMarked
package io.laundrybridge.session.feed;

import org.jspecify.annotations.NullMarked;
