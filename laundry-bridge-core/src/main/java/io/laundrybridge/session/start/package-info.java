/**
 * Finds where a subscription begins: the place in a channel that its {@code from} names.
 *
 * <p>Open {@link io.laundrybridge.session.start.PendingStart} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.start;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
