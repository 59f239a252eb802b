package io.laundrybridge.session.start;

import io.laundrybridge.event.PositionVector;
import org.jspecify.annotations.Nullable;

/**
 * The part of the past that a subscription plays, with its places found.
 *
 * @param pace how many times faster than the records' timestamps; null for as fast as possible
 * @param end the place before which it ends; null to go on to live
 * @param values the place up to which the newest value of each key comes first; null for none
 * @param begins the time with which its clock begins, in milliseconds since 1970; null for that of the first event
 */
public record Route(
        @Nullable Integer pace,
        @Nullable PositionVector end,
        @Nullable PositionVector values,
        @Nullable Long begins) {

    /** Goes on to live, as fast as possible. */
    public static final Route NONE = new Route(null, null, null, null);

    /** Returns whether the past is played. */
    public boolean isPlayed() {
        return pace != null || end != null || values != null;
    }
}
