package io.laundrybridge.session.feed;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.start.ReadingSession;

/**
 * The events of a feed's log that came after the client was up to date, or asked to be. Their ages are measured.
 * Confined to the feed's worker.
 */
final class LiveEvents {
    private final ReadingSession session;
    private final String channel;
    private long from;

    LiveEvents(ReadingSession session, String channel, ChannelLog log) {
        this.session = session;
        this.channel = channel;
        this.from = log.head();
    }

    /** Begins with the next entry of {@code log}, because the client gets what came before. */
    void beginAt(ChannelLog log) {
        from = log.head();
    }

    /** Notes that {@code run} of the log is sent now. */
    void sent(Run run) {
        if (run.first() >= from) {
            session.sendsLive(channel, run);
        }
    }
}
