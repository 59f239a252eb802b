/**
 * The newest value of every key of a channel, and images of all of them at one place for sessions that begin with a
 * snapshot.
 *
 * <p>Part of step 3, {@link io.laundrybridge.channel}.
 */
@NullMarked
package io.laundrybridge.channel.state;

import org.jspecify.annotations.NullMarked;
