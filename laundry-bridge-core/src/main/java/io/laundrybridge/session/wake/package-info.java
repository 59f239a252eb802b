/**
 * Which sessions a new log entry concerns, and when each is woken.
 *
 * <p>Open {@link io.laundrybridge.session.wake.ChannelReaders} first.
 */
@NullMarked
package io.laundrybridge.session.wake;

import org.jspecify.annotations.NullMarked;
