/**
 * Holds the newest value of every key of a channel. Images of all values at one place serve sessions that begin with a
 * snapshot. Open {@link io.laundrybridge.channel.latest.LatestTable} first; its
 * {@link io.laundrybridge.channel.latest.TableWriter} changes it together with the log.
 *
 * <p>Part of step 3, {@link io.laundrybridge.channel}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.channel.latest;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
