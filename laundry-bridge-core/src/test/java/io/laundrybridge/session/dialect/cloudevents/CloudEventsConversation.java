package io.laundrybridge.session.dialect.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.session.dialect.ChannelSubscription;
import io.laundrybridge.session.dialect.EventPerFrame;
import io.laundrybridge.session.feed.FeedListener;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.nio.ByteBuffer;

/** Sends each event as {@code {"specversion":"1.0","type":"record","source":CHANNEL,"data":VALUE}}. */
final class CloudEventsConversation implements Conversation, FeedListener {
    private final Session session;
    private final Handshake handshake;
    private final Runnable subscribed;
    private ChannelSubscription subscription;
    private EventPerFrame events;

    CloudEventsConversation(Session session, Handshake handshake, Runnable subscribed) {
        this.session = session;
        this.handshake = handshake;
        this.subscribed = subscribed;
    }

    @Override
    public void opened() {
        String name = handshake.query().get("channel").get(0);
        Channel channel = session.context().channels().readable(name, handshake.caller());
        PendingStart search = new PendingStart(
                session, session.context().limits().aheadWait(), channel, new StartFrom.Last(100), null, Selection.ALL);
        subscription = new ChannelSubscription(session, search, search.find(), this);
        events = new EventPerFrame(session, subscription);
        subscription.begin();
        subscribed.run();
    }

    @Override
    public void line(ClientLine line) {
        session.close(CloseCode.NOT_THE_PROTOCOL, "only the server speaks");
    }

    @Override
    public Frame next() {
        return subscription.feed().refresh() ? events.next(this::frame) : lost();
    }

    private Frame frame(Run run, long at, LogEntry entry) {
        return entry.gap() == null ? Frame.text(cloudEvent(UTF_8.decode(run.value(entry)))) : lost();
    }

    private ByteBuffer cloudEvent(CharSequence value) {
        String source = subscription.channel().name();
        return UTF_8.encode(
                "{\"specversion\":\"1.0\",\"type\":\"record\",\"source\":\"" + source + "\",\"data\":" + value + "}");
    }

    private Frame lost() {
        session.close(CloseCode.CONTINUITY_LOST, "events are missing");
        return null;
    }

    @Override
    public Outlook outlook() {
        return events.hasMore() ? Outlook.MORE : Outlook.UNSURE;
    }

    @Override
    public void gap(Gap gap) {
        lost();
    }

    @Override
    public void reset(ResetReason reason, PositionVector at) {
        lost();
    }

    @Override
    public void tick(long now) {
        subscription.feed().expire(now);
    }

    @Override
    public void removed(Channel channel) {
        session.close(CloseCode.RESTART, "the channel stopped");
        ended();
    }

    @Override
    public void ended() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
