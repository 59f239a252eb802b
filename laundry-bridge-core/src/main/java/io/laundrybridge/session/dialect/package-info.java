/**
 * The languages of sessions. Each dialect is a package below this one. Dialects do not depend on each other; their
 * common parts are here.
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
