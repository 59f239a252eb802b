package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.protocol.Travel;
import io.laundrybridge.session.place.PlaceOwner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds the places of one subscription's past: its end, and where its lead begins. Confined to its worker. */
final class RouteFinder {
    private final Travel travel;
    private final @Nullable Long since;
    private final EndFinder end;
    private final LeadFinder lead;
    private Route route = Route.NONE;

    /**
     * Finds what {@code travel} asks for.
     *
     * @param from the place that the client asks for
     * @throws RefusedLineException if the end is a sealed place that is not of {@code owner}
     */
    RouteFinder(
            ReadingSession session,
            Duration patience,
            Channel channel,
            PlaceOwner owner,
            @Nullable StartFrom from,
            Travel travel) {
        this.travel = travel;
        this.since = from instanceof StartFrom.Since time ? time.instant().toEpochMilli() : null;
        this.end = new EndFinder(session, patience, channel, owner, travel.until());
        this.lead = new LeadFinder(session, patience, channel, travel.lead());
    }

    /**
     * Returns whether the end is found, or there is none.
     *
     * @throws RefusedLineException if it cannot be found
     */
    boolean knowsEnd() {
        return end.isFound();
    }

    /**
     * Returns where to begin: at {@code start}, or before it if there is a lead. Null while that is not known.
     *
     * @throws RefusedLineException if a place cannot be found
     */
    @Nullable StartPlace find(StartPlace start) {
        if (!travel.isAsked() || start.reset() != null) {
            return start;
        }
        StartPlace first = travel.lead().isZero() ? start : lead.find(start, since);
        if (first != null) {
            route = route(start, first);
        }
        return first;
    }

    private Route route(StartPlace start, StartPlace first) {
        PositionVector place = start.at().atLeast(start.floors());
        PositionVector last = end.end();
        return new Route(
                travel.pace(),
                last == null ? null : last.atLeast(place),
                travel.lead().isZero() ? null : place.atLeast(first.floors()),
                start.gaps().isEmpty() ? since : null);
    }

    /** Returns what was found. */
    Route route() {
        return route;
    }

    boolean looks() {
        return end.looks() || lead.looks();
    }

    boolean asks() {
        return end.asks() || lead.asks();
    }

    void close() {
        end.close();
        lead.close();
    }
}
