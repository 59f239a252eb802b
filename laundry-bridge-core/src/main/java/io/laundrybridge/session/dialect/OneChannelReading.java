package io.laundrybridge.session.dialect;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.feed.FeedListener;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of the channel, from the start on. A reset closes the session, and so does a gap in which events are
 * missing. Confined to the session's worker.
 */
final class OneChannelReading implements OneChannelPhase, FeedListener {
    private final OneChannelConversation conversation;
    private final Session session;
    private final ChannelSubscription subscription;
    private final EventPerFrame events;

    OneChannelReading(OneChannelConversation conversation, PendingStart search, StartPlace start) {
        this.conversation = conversation;
        this.session = conversation.session();
        this.subscription = new ChannelSubscription(session, search, start, this);
        this.subscription.every(conversation.every());
        this.events = new EventPerFrame(session, subscription);
    }

    void begin(StartPlace start) {
        subscription.begin(start);
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
        boolean leaves = subscription.feed().reader().leaves(entry);
        return leaves ? conversation.left(entry) : conversation.frame(run, at, entry);
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
    public List<ReadChannel> readChannels() {
        return List.of(subscription.reading());
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
        if (missesEvents(gap)) {
            session.close(
                    CloseCode.CONTINUITY_LOST,
                    "records are missing: " + gap.reason().code());
        }
    }

    /** Returns whether the client misses events. A record that no client can be shown is none. */
    private static boolean missesEvents(Gap gap) {
        return gap.reason() != GapReason.UNDECODABLE && gap.reason() != GapReason.TOO_LARGE;
    }

    @Override
    public void reset(ResetReason reason, PositionVector at) {
        session.close(
                CloseCode.CONTINUITY_LOST,
                reason == ResetReason.ACCESS
                        ? "rows that ended cannot be told any more; start over"
                        : "the topic was made again or truncated; start over");
    }
}
