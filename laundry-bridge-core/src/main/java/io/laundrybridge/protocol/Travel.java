package io.laundrybridge.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription plays the past: the {@code pace}, {@code until} and {@code lead} of a request.
 *
 * @param pace how many times faster than the records' timestamps, 0 to 16; null for as fast as possible
 * @param until the time or position before which it ends; null if it goes on to live
 * @param lead the time before the start whose newest values come first; zero for none
 */
public record Travel(@Nullable Integer pace, @Nullable StartFrom until, Duration lead) {

    /** Plays nothing: the subscription goes on to live, as fast as possible. */
    public static final Travel NONE = new Travel(null, null, Duration.ZERO);

    /** Returns whether the subscription plays the past, in whatever way. */
    public boolean isAsked() {
        return pace != null || until != null || !lead.isZero();
    }
}
