/**
 * When a subscription that plays the past may read which events: its clock, and the gate in front of its reader.
 *
 * <p>Open {@link io.laundrybridge.session.playback.PlaybackGate} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.playback;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
