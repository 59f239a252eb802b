package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.dialect.ChannelSubscription;
import io.laundrybridge.session.dialect.EventPerFrame;
import io.laundrybridge.session.feed.FeedListener;
import io.laundrybridge.session.frame.PlainFrames;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The values of a plain client's channel, from its start on. What the dialect cannot say closes the session. Confined
 * to its worker.
 */
final class PlainReading implements PlainPhase, FeedListener {
    private final Session session;
    private final ChannelSubscription subscription;
    private final EventPerFrame events;

    PlainReading(Session session, PendingStart search, StartPlace start, Duration every) {
        this.session = session;
        this.subscription = new ChannelSubscription(session, search, start, this);
        this.subscription.every(every);
        this.events = new EventPerFrame(session, subscription);
    }

    void begin() {
        subscription.begin();
    }

    @Override
    public @Nullable Frame next() {
        if (!subscription.feed().refresh()) {
            session.close(CloseCode.SLOW_CONSUMER, "fell behind; reconnect");
            return null;
        }
        subscription.keepPace();
        return session.closing() ? null : events.next(this::frame);
    }

    private @Nullable Frame frame(Run run, long at, LogEntry entry) {
        Gap gap = entry.gap();
        if (gap != null) {
            gap(gap);
            return null;
        }
        PlainFrames frames = session.bench().plainFrames();
        return subscription.feed().reader().leaves(entry) ? frames.noValue() : frames.of(run, at, entry);
    }

    @Override
    public Outlook outlook() {
        return events.hasMore() ? Outlook.MORE : Outlook.UNSURE;
    }

    @Override
    public boolean reads() {
        return true;
    }

    @Override
    public boolean isOf(Channel channel) {
        return subscription.channel() == channel;
    }

    @Override
    public void expire(long now) {
        subscription.feed().expire(now);
    }

    @Override
    public void close() {
        subscription.close();
    }

    @Override
    public void gap(Gap gap) {
        if (!sayable(gap)) {
            session.close(
                    CloseCode.CONTINUITY_LOST,
                    "records are missing: " + gap.reason().code());
        }
    }

    /** Returns whether what is missing is nothing that a plain client would have got. */
    private static boolean sayable(Gap gap) {
        return gap.reason() == GapReason.UNDECODABLE || gap.reason() == GapReason.TOO_LARGE;
    }

    @Override
    public void reset(ResetReason reason, PositionVector at) {
        session.close(CloseCode.CONTINUITY_LOST, "the topic was made again or truncated; start over");
    }
}
