/**
 * Holds the newest events of a channel in memory: lines one after the other, bounded by bytes and age. Open
 * {@link io.laundrybridge.channel.log.ChannelLog} first. One {@link io.laundrybridge.channel.log.LogWriter} writes
 * it; any number of {@linkplain io.laundrybridge.channel.log.Cursor cursors} read it, and the writer waits for none
 * of them.
 *
 * <p>Part of step 3, {@link io.laundrybridge.channel}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.channel.log;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
