package io.laundrybridge.session.dialect;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.worker.Outlook;
import org.jspecify.annotations.Nullable;

/** The search for the place that the client wants to begin at. Confined to the session's worker. */
final class OneChannelSearch implements OneChannelPhase {
    private final OneChannelConversation conversation;
    private final PendingStart search;

    OneChannelSearch(OneChannelConversation conversation, PendingStart search) {
        this.conversation = conversation;
        this.search = search;
    }

    @Override
    public OneChannelPhase goOn() throws RefusedSessionException {
        StartPlace start = start();
        if (start == null) {
            conversation.session().lookAgain();
            return this;
        }
        search.close();
        OneChannelReading reading = new OneChannelReading(conversation, search, start);
        reading.begin(start);
        return reading;
    }

    private @Nullable StartPlace start() throws RefusedSessionException {
        try {
            StartPlace start = search.find();
            if (start == null && (search.asks() || search.looks())) {
                return null;
            }
            if (start == null || !start.recovered()) {
                throw new RefusedSessionException(CloseCode.CONTINUITY_LOST, conversation.startLost());
            }
            return start;
        } catch (RefusedLineException e) {
            throw RefusedSessionException.of(e);
        }
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
