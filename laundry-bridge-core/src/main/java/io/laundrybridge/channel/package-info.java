/**
 * Step 3 of 5: a named stream, what is known of it now, and its one writer. Open
 * {@link io.laundrybridge.channel.ChannelWriter} first: it is where records arrive. What it keeps is in
 * {@link io.laundrybridge.channel.log} and {@link io.laundrybridge.channel.latest}; what has left memory comes back
 * through {@link io.laundrybridge.channel.replay}.
 *
 * <p>Next: {@link io.laundrybridge.session}, whose sessions read the log through cursors of their own.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.channel;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
