package io.laundrybridge.session.dialect;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.session.feed.Feed;
import io.laundrybridge.session.feed.FeedListener;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.feed.SnapshotTurns;
import io.laundrybridge.session.feed.VisibleKeys;
import io.laundrybridge.session.reader.ConflationPace;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.wake.FlushGroup;
import io.laundrybridge.session.wake.Interest;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that has found its start, in any dialect. It reads at its pace, decides what wakes its session, and
 * counts as open. Confined to the session's worker.
 */
public final class ChannelSubscription {
    private final Session session;
    private final Channel channel;
    private final Interest interest;
    private final Feed feed;
    private ConflationPace pace;
    private @Nullable FlushGroup gathering;
    private boolean counted;

    /** Makes the only subscription of a session, which shows all keys. It makes no calls before {@link #begin}. */
    public ChannelSubscription(Session session, PendingStart search, StartPlace start, FeedListener listener) {
        this(
                session,
                search,
                start,
                new VisibleKeys(search.channel(), session.reading().steps()),
                new SnapshotTurns(session.context().limits().snapshots()),
                listener);
    }

    /**
     * Makes a subscription, which makes no calls before {@link #begin}.
     *
     * @param search what is subscribed to; its search has found {@code start}
     * @param inView the keys to be shown
     * @param turns when the session began snapshots of the channel
     * @param listener receives what is between the events; not called by this constructor
     */
    public ChannelSubscription(
            Session session,
            PendingStart search,
            StartPlace start,
            VisibleKeys inView,
            SnapshotTurns turns,
            FeedListener listener) {
        this.session = session;
        this.channel = search.channel();
        this.interest = session.bench().readers(channel).add(session, search.selection());
        try {
            this.feed = new Feed(channel, start, session.reading(), interest, inView, turns, listener);
        } catch (Throwable e) {
            interest.close(); // or it would stay in the worker's index for good
            throw e;
        }
        this.pace = new ConflationPace(Duration.ZERO, false, 0);
    }

    /**
     * Begins to read, and is counted as open. If this fails, the subscription is closed.
     *
     * @param start the start that this was made for; not kept, because it holds a log and perhaps an image
     */
    public void begin(StartPlace start) {
        try {
            feed.begin(start);
        } catch (Throwable e) {
            close(); // or it would stay in the worker's index for good
            throw e;
        }
        count(1);
        counted = true;
        session.audit().subscribed(channel.name());
    }

    public Channel channel() {
        return channel;
    }

    /** Returns the channel, and how far behind its newest event the session is. */
    public ReadChannel reading() {
        long lag = feed.lag();
        LogEntry next = lag == 0 ? null : feed.home().entry(feed.reader().next());
        long now = session.reading().clock().instant().toEpochMilli();
        return new ReadChannel(channel.name(), lag, next == null ? 0 : Math.max(0, now - next.timestamp()));
    }

    /** Returns what is read. */
    public Feed feed() {
        return feed;
    }

    /** Reads the newest event of each key once per {@code interval}; every event if that is zero. */
    public void every(Duration interval) {
        boolean conflates = channel.policy().fallBehind() == FallBehind.CONFLATE;
        pace = new ConflationPace(interval, conflates, session.reading().nanoTime());
    }

    /** Begins the next pass through the newest events if one is due; otherwise the session is woken when one is. */
    public void keepPace() {
        if (feed.inLog()) {
            session.reading()
                    .wakeIn(pace.apply(
                            feed.reader(), session.context().services().nanoTime()));
        }
    }

    /** Lets events wake the session once per {@code flush}, at ticks; at once if that is zero. */
    public void gather(Duration flush) {
        gathering = session.bench().readers(channel).gather(interest, flush);
    }

    /**
     * Holds events until the next tick, if they are gathered. Events of the past do not wait.
     *
     * @param isLive whether the client is up to date
     */
    public void hold(boolean isLive) {
        if (!feed.inLog()) {
            return;
        }
        if (gathering != null && isLive) {
            gathering.hold(feed.reader());
        } else {
            feed.reader().upTo(Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }

    /** Lets every change of the channel wake the session while {@code on}, whether or not it selects something. */
    public void attend(boolean on) {
        interest.attend(on);
        if (on && gathering != null) {
            session.lookAgain(); // between two ticks nothing else does
        }
    }

    /** Lets no event wake the session, until {@link #gather}. */
    public void rest() {
        session.bench().readers(channel).rest(interest);
        gathering = null;
    }

    /** Ends the reading; the subscription counts as open no more. Idempotent. */
    public void close() {
        feed.close();
        if (counted) {
            counted = false;
            count(-1);
        }
    }

    private void count(long change) {
        session.context().services().telemetry().add(Meter.SUBSCRIPTIONS, channel.name(), change);
    }
}
