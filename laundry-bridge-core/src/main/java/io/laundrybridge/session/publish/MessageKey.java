package io.laundrybridge.session.publish;

import io.laundrybridge.publish.Publish;

/** What names a message on the node: its channel, its user, and the user's name of it. */
record MessageKey(String channel, String user, String messageId) {
    static MessageKey of(Publish publish) {
        return new MessageKey(publish.channel(), publish.caller().name(), publish.messageId());
    }
}
