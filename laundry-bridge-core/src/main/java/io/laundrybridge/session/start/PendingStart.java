package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.Travel;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.select.Selection;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Searches the place at which one subscription starts. It may have to wait for this node to reach a position, or for
 * the source to look a place up. Confined to its worker.
 */
public final class PendingStart {
    private final ReadingSession session;
    private final InstantSource clock;
    private final StartFinder starts;
    private final Channel channel;
    private final PlaceOwner owner;
    private final Duration patience;
    private final @Nullable StartFrom asked;
    private final @Nullable StartFrom from;
    private final boolean earned;
    private final @Nullable StartFrom otherwise;
    private Selection selection;
    private final PlaceLookup lookup;
    private final long deadline;
    private final Travel travel;
    private final RouteFinder route;

    /** Makes a search for a subscription that goes on to live, as fast as possible. */
    public PendingStart(
            ReadingSession session,
            Duration patience,
            Channel channel,
            PlaceOwner owner,
            @Nullable StartFrom from,
            @Nullable StartFrom otherwise,
            Selection selection) {
        this(session, patience, channel, owner, from, otherwise, selection, Travel.NONE);
    }

    /**
     * Searches {@code from}, or {@code otherwise} if that is void, in turns of the session. An age counts from now.
     *
     * @param owner the reader; a place that it has not earned under its present grant is void
     * @param patience how long this node may take to reach a position
     * @param travel how the past is played
     * @throws RefusedLineException if {@code from} is a sealed place that is not of {@code owner}
     */
    public PendingStart(
            ReadingSession session,
            Duration patience,
            Channel channel,
            PlaceOwner owner,
            @Nullable StartFrom from,
            @Nullable StartFrom otherwise,
            Selection selection,
            Travel travel) {
        this.session = session;
        this.clock = session.clock();
        this.channel = channel;
        this.owner = owner;
        this.patience = patience;
        this.travel = travel;
        this.asked = fixed(from, clock);
        this.from = session.places().open(asked, owner);
        this.earned = session.places().isEarned(asked, this.from, owner);
        this.otherwise = fixed(otherwise, clock);
        this.selection = selection;
        this.lookup = new PlaceLookup(channel, session, patience);
        this.starts = new StartFinder(clock, lookup, session.steps(), travel.isAsked());
        this.route = new RouteFinder(session, patience, channel, owner, this.from, travel);
        this.deadline = session.nanoTime() + patience.toNanos();
    }

    /**
     * Returns a search for the same place in {@code other}, the channel that the session may read now, as {@code now}.
     *
     * @throws RefusedLineException if the place is a sealed one that is not of {@code now}
     */
    public PendingStart anew(Channel other, PlaceOwner now, Selection wanted) {
        return new PendingStart(session, patience, other, now, asked, otherwise, wanted, travel);
    }

    /**
     * Returns a search for the same place, from which {@code other} is played.
     *
     * @throws RefusedLineException if the end is a sealed place of another user
     */
    public PendingStart played(Travel other, Selection wanted) {
        return new PendingStart(session, patience, channel, owner, asked, otherwise, wanted, other);
    }

    public Channel channel() {
        return channel;
    }

    /** Returns the reader of the channel. */
    public PlaceOwner owner() {
        return owner;
    }

    public Selection selection() {
        return selection;
    }

    /** Changes the selection; the search continues. */
    public void select(Selection other) {
        selection = other;
    }

    /**
     * Returns the place; null while it is unknown.
     *
     * @throws RefusedLineException if the channel cannot start there, or is not available
     */
    public @Nullable StartPlace find() {
        StartPlace start = route.knowsEnd() ? search() : null;
        return start == null ? null : route.find(start);
    }

    /** Returns what the subscription plays of the past, once its start is found. */
    public Route route() {
        return route.route();
    }

    private @Nullable StartPlace search() {
        if (lookup.waits()) {
            return null;
        }
        if (channel.state().log() == null) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE, "the channel is not ready yet; try again shortly");
        }
        if (!earned) {
            return starts.startOver(channel, otherwise, selection, ResetReason.ACCESS);
        }
        StartPlace start = starts.find(channel, from, otherwise, selection);
        boolean ahead = start == null && from instanceof StartFrom.At && !starts.looks();
        if (ahead && session.nanoTime() - deadline >= 0) {
            start = starts.startOver(channel, otherwise, selection, ResetReason.AHEAD);
        }
        return start;
    }

    /** Returns whether the search continues as soon as there is a turn. */
    public boolean looks() {
        return starts.looks() || route.looks();
    }

    /** Returns whether the source was asked, so that its answer ends the search. */
    public boolean asks() {
        return lookup.asked() || route.asks();
    }

    public void close() {
        lookup.close();
        route.close();
    }

    /** Returns {@code place}, with an age turned into a time. */
    static @Nullable StartFrom fixed(@Nullable StartFrom place, InstantSource clock) {
        return place instanceof StartFrom.Ago ago ? new StartFrom.Since(ago.instant(clock)) : place;
    }
}
