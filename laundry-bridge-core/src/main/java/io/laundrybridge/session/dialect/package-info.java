/**
 * What a session says and understands. Each dialect is a package below this one. Dialects do not know each other; what
 * they have in common is here.
 *
 * <p>Open {@link io.laundrybridge.session.dialect.Dialect} first, then
 * {@link io.laundrybridge.session.dialect.ChannelSubscription}, or
 * {@link io.laundrybridge.session.dialect.OneChannelConversation} for a dialect that only delivers one channel.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.dialect;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
