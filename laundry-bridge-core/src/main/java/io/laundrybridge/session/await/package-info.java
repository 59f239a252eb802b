/**
 * When a client has everything up to a place that it waits for, for example the place of its own write.
 *
 * <p>Open {@link io.laundrybridge.session.await.ChannelAwaits} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.await;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
