package io.laundrybridge.session.dialect.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.session.dialect.OneChannelConversation;
import io.laundrybridge.session.dialect.SubscriptionCosts;
import io.laundrybridge.session.endpoint.GrantedChannel;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import java.util.List;

/** Sends each event as {@code {"specversion":"1.0","type":"record","source":CHANNEL,"data":VALUE}}. */
final class CloudEventsConversation extends OneChannelConversation {
    private final String name;

    CloudEventsConversation(Session session, Handshake handshake, Runnable subscribed) {
        super(session, subscribed);
        this.name = handshake.query().getOrDefault("channel", List.of("")).get(0);
    }

    @Override
    protected String channelName() {
        return name;
    }

    @Override
    protected PendingStart search(GrantedChannel granted, SubscriptionCosts costs) {
        Channel channel = granted.channel();
        PlaceOwner owner =
                session().context().sealing().owner(channel, session().caller(), granted.grant());
        costs.take(name, List.of(), "");
        Duration patience = session().context().limits().aheadWait();
        Selection rows = Selection.ALL.within(granted.grant(), channel);
        return new PendingStart(session().reading(), patience, channel, owner, new StartFrom.Last(100), null, rows);
    }

    @Override
    protected Frame frame(Run run, long at, LogEntry entry) {
        return Frame.text(UTF_8.encode("{\"specversion\":\"1.0\",\"type\":\"record\",\"source\":\"" + name
                + "\",\"data\":" + UTF_8.decode(run.value(entry)) + "}"));
    }

    @Override
    public void line(ClientLine line) {
        session().close(CloseCode.NOT_THE_PROTOCOL, "only the server sends");
    }
}
