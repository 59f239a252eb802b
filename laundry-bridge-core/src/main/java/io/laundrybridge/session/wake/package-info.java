/**
 * Decides which sessions a new log entry concerns, and when each is woken.
 *
 * <p>Open {@link io.laundrybridge.session.wake.ChannelReaders} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.wake;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
