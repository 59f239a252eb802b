package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.SealedPlace;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.session.place.PlaceOwner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place before which a subscription ends. A time is looked up once, as the time of a start is. Confined to
 * its worker.
 */
public final class EndFinder {
    private final Channel channel;
    private final @Nullable StartFrom until;
    private final PlaceLookup lookup;
    private final PastFinder past;
    private @Nullable PositionVector found;

    /**
     * Finds {@code until}; there is no end if that is null. An age counts from now.
     *
     * @param owner the reader
     * @param patience how long the source may take to find a time
     * @throws RefusedLineException if it is a sealed place that is not of {@code owner}
     */
    public EndFinder(
            ReadingSession session, Duration patience, Channel channel, PlaceOwner owner, @Nullable StartFrom until) {
        if (until instanceof StartFrom.At && session.places().hidesOffsets(owner)) {
            throw SealedPlace.refusal(); // it would tell how many records of others there are before it
        }
        this.channel = channel;
        this.until = session.places().open(PendingStart.fixed(until, session.clock()), owner);
        this.lookup = new PlaceLookup(channel, session, patience);
        this.past = new PastFinder(session.clock(), lookup, session.steps());
    }

    /** Returns the place; null if there is none. Call it once the end {@linkplain #isFound is found}. */
    public @Nullable PositionVector end() {
        return found;
    }

    /**
     * Returns whether the end is known, or there is none. If not, it is searched in turns of the session.
     *
     * @throws RefusedLineException if it cannot be found
     */
    public boolean isFound() {
        if (until == null || found != null) {
            return true;
        }
        if (lookup.waits()) {
            return false;
        }
        ChannelLog log = channel.state().log();
        if (log == null) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE, "the channel is not ready yet; try again shortly");
        }
        if (until instanceof StartFrom.At at) {
            found = at.position().vector();
            if (!at.position().epoch().equals(log.epoch())) {
                throw new RefusedLineException(
                        ErrorCode.BAD_POSITION, "the topic was made again since the position of 'until'");
            }
        } else if (until instanceof StartFrom.Since since) {
            StartPlace place = past.since(channel, log, since.instant().toEpochMilli());
            found = place == null ? null : place.at();
        }
        return found != null;
    }

    /** Returns whether the search continues as soon as there is a turn. */
    boolean looks() {
        return past.looks();
    }

    /** Returns whether the source was asked, so that its answer ends the search. */
    boolean asks() {
        return lookup.asked();
    }

    public void close() {
        lookup.close();
    }
}
