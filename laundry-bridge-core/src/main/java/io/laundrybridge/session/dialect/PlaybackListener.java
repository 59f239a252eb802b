package io.laundrybridge.session.dialect;

import io.laundrybridge.event.PositionVector;
import org.jspecify.annotations.Nullable;

/** Receives what a {@link Playback} reports beside events. On the session's worker. */
public interface PlaybackListener {

    /** Receives the time that the replay shows, in milliseconds since 1970. Everything before {@code at} was read. */
    void clock(long millis, PositionVector at);

    /** Receives that the replay stands still at {@code at}; {@code millis} is the time that it shows, or null. */
    void paused(@Nullable Long millis, PositionVector at);
}
