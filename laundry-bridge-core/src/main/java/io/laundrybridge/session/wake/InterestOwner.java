package io.laundrybridge.session.wake;

import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.reader.Matches;
import org.jspecify.annotations.Nullable;

/** The readers of a channel, as seen by each of their {@link Interest}s. Confined to their worker. */
interface InterestOwner {

    /** Finds matches of {@code interest} from now on. */
    void index(Interest interest);

    /** Ends {@link #index}. */
    void unindex(Interest interest);

    /**
     * Lets {@code interest} follow the walk.
     *
     * @return the matches for {@code reader}, or null if the walk is not as far
     */
    @Nullable Matches join(Interest interest, LogReader reader);

    /** Handles that {@code interest} no longer follows the walk. */
    void left(Interest interest);

    /** Wakes {@code interest}, for which a match was found. */
    void wake(Interest interest);

    /** Removes {@code interest}, which ends or pauses. */
    void remove(Interest interest);
}
