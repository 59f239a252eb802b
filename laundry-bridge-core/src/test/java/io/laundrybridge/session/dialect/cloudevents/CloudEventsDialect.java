package io.laundrybridge.session.dialect.cloudevents;

import io.laundrybridge.session.dialect.Dialect;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Session;

/** Subprotocol {@code cloudevents.json}: the newest events of the channel that the query names, and all after them. */
public final class CloudEventsDialect implements Dialect {

    @Override
    public String subprotocol() {
        return "cloudevents.json";
    }

    @Override
    public Conversation begin(Session session, Handshake handshake, Runnable subscribed) {
        return new CloudEventsConversation(session, handshake, subscribed);
    }
}
