/**
 * Parts of a channel that have left its memory, read again from the source for the sessions that still need them: by a
 * few readers that all channels share, in pieces that sessions share.
 *
 * <p>Part of step 3, {@link io.laundrybridge.channel}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.channel.replay;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
