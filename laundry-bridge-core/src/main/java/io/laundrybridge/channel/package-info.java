/**
 * Step 3 of 5: a named stream with its present state and its one writer. Open
 * {@link io.laundrybridge.channel.ChannelWriter} first: records arrive there. It keeps them in
 * {@link io.laundrybridge.channel.log} and {@link io.laundrybridge.channel.latest}. Records that have left memory come
 * back through {@link io.laundrybridge.channel.replay}.
 *
 * <p>Next: {@link io.laundrybridge.session}, whose sessions read the log through cursors of their own.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.channel;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
