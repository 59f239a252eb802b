package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.RefusedLineException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds the place that was reached some time before a start. Confined to its worker. */
final class LeadFinder {
    private final Channel channel;
    private final long millis;
    private final PlaceLookup lookup;
    private final PastFinder past;
    private final TimeOfPlace time;
    private @Nullable Long begins;

    /** Finds the place {@code lead} before a start. */
    LeadFinder(ReadingSession session, Duration patience, Channel channel, Duration lead) {
        this.channel = channel;
        this.millis = lead.toMillis();
        this.lookup = new PlaceLookup(channel, session, patience);
        this.past = new PastFinder(session.clock(), lookup, session.steps());
        this.time = new TimeOfPlace(session, patience, channel);
    }

    /**
     * Returns where the lead of {@code start} begins, answered as {@code start}; null while that is not known.
     *
     * @param since the time of the start, in milliseconds since 1970; null if it is a position
     * @throws RefusedLineException if it cannot be found
     */
    @Nullable StartPlace find(StartPlace start, @Nullable Long since) {
        if (begins == null) {
            Long at = since == null ? time.of(start) : since;
            begins = at == null ? null : at - millis;
        }
        if (begins == null || lookup.waits()) {
            return null;
        }
        ChannelLog log = start.cursor().log();
        StartPlace lead = past.since(channel, log, begins);
        return lead == null ? null : before(start, lead, log);
    }

    private StartPlace before(StartPlace start, StartPlace lead, ChannelLog log) {
        PositionVector place = start.at().atLeast(start.floors());
        PositionVector begin = lead.at().atLeast(lead.floors()).lowest(place);
        StartPlace first = PastFinder.from(channel, log, begin);
        return new StartPlace(
                first.cursor(),
                start.at(),
                first.floors(),
                first.behind(),
                false,
                null,
                start.less(),
                start.gaps(),
                null);
    }

    boolean looks() {
        return past.looks();
    }

    boolean asks() {
        return lookup.asked() || time.asks();
    }

    void close() {
        lookup.close();
        time.close();
    }
}
