/**
 * Step 3 of 5: the channel's log. Lines lie back to back in memory, bounded by bytes and age; one thread appends, any
 * number of cursors read. A slow reader costs nothing but its cursor.
 *
 * <p>Next: {@link io.laundrybridge.session}, where each session stands in the log with cursors of its own.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.channel;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
