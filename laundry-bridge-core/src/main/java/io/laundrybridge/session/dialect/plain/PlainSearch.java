package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;

/** The search for the place that a plain client wants to begin at. Confined to the session's worker. */
final class PlainSearch implements PlainPhase {
    private final Session session;
    private final PendingStart search;
    private final Duration every;

    PlainSearch(Session session, PendingStart search, Duration every) {
        this.session = session;
        this.search = search;
        this.every = every;
    }

    @Override
    public PlainPhase goOn() throws PlainRefusal {
        StartPlace start = PlainRequest.start(search);
        if (start == null) {
            session.lookAgain();
            return this;
        }
        search.close();
        PlainReading reading = new PlainReading(session, search, start, every);
        reading.begin();
        return reading;
    }

    @Override
    public Outlook outlook() {
        return search.looks() ? Outlook.CATCHING_UP : Outlook.UNSURE;
    }

    @Override
    public boolean isOf(Channel channel) {
        return search.channel() == channel;
    }

    @Override
    public void close() {
        search.close();
    }
}
