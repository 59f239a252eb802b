package io.laundrybridge.session.wake;

import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.reader.Matches;
import org.jspecify.annotations.Nullable;

/** The readers of a channel as each {@link Interest} of theirs knows them. Confined to their worker. */
interface InterestOwner {

    /** What {@code interest} selects is to be found for it from now on. */
    void index(Interest interest);

    /** The opposite of {@link #index}. */
    void unindex(Interest interest);

    /**
     * Has {@code interest} follow the walk; what that finds for {@code reader}, or null if the walk has not come as
     * far.
     */
    @Nullable Matches join(Interest interest, LogReader reader);

    /** {@code interest} follows the walk no more. */
    void left(Interest interest);

    /** Something was found for {@code interest}, which is to be woken. */
    void wake(Interest interest);

    /** {@code interest} ends, or rests. */
    void remove(Interest interest);
}
