/**
 * Replays from the source what a channel's memory no longer has, for the sessions that still need it. A few readers
 * serve all channels, in pieces that sessions share. Open {@link io.laundrybridge.channel.replay.ChannelReplay} first,
 * which sessions call. A request waits in {@link io.laundrybridge.channel.replay.ReplayQueue}; threads serve the queues
 * in {@linkplain io.laundrybridge.channel.replay.ReplayTurns turns}, each through its
 * {@link io.laundrybridge.channel.replay.ReplayReader}.
 *
 * <p>Part of step 3, {@link io.laundrybridge.channel}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.channel.replay;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
