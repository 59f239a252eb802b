package io.laundrybridge.jcstress.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Outlook;

/** A conversation that reads a log whenever it may send, and never sends a line. */
final class Onlooker implements Conversation {
    private final ChannelLog log;
    private long seen;

    Onlooker(ChannelLog log) {
        this.log = log;
    }

    /** Returns how many lines the log had when it was last looked at. */
    long seen() {
        return seen;
    }

    @Override
    public Frame next() {
        seen = log.head();
        return null;
    }

    @Override
    public Outlook outlook() {
        return Outlook.UNSURE;
    }

    @Override
    public void opened() {}

    @Override
    public void line(ClientLine line) {}

    @Override
    public void pong() {}

    @Override
    public void tick(long now) {}

    @Override
    public void removed(Channel channel) {}

    @Override
    public Frame bye(CloseCode code, long retryAfterMillis) {
        return null;
    }

    @Override
    public void ended() {}
}
