package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.session.dialect.Dialect;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Session;

/**
 * The dialect without a subprotocol: one record value per text frame, selected in the query. Stateless.
 *
 * @param forRequests the subprotocol that is named to a client that sends something
 */
public record PlainDialect(String forRequests) implements Dialect {

    @Override
    public String subprotocol() {
        return "";
    }

    @Override
    public Conversation begin(Session session, Handshake handshake, Runnable subscribed) {
        return new PlainConversation(this, session, new PlainRequest(handshake), subscribed);
    }
}
