/**
 * The memory of a channel: lines back to back in {@linkplain io.laundrybridge.channel.log.ChannelLog a log} with one
 * writer, read by any number of {@linkplain io.laundrybridge.channel.log.Cursor cursors}.
 *
 * <p>Part of step 3, {@link io.laundrybridge.channel}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.channel.log;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
