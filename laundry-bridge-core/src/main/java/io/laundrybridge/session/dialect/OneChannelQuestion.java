package io.laundrybridge.session.dialect;

import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.endpoint.AccessQuestion;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.GrantedChannel;
import io.laundrybridge.session.worker.Session;
import org.jspecify.annotations.Nullable;

/**
 * The question to the access rules of the only channel of a session; asked at the beginning and again whenever rights
 * may have changed. Confined to the session's worker.
 */
final class OneChannelQuestion {
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Session session;
    private final EndpointChannels channels;
    private final String channel;
    private @Nullable AccessQuestion asked;
    private boolean due;
    private long notBefore;

    OneChannelQuestion(Session session, String channel) {
        this.session = session;
        this.channels = session.context().channels();
        this.channel = channel;
    }

    /** Asks anew; an answer that has not come yet does not count. */
    void ask() {
        close();
        due = true;
        notBefore = session.reading().nanoTime();
    }

    /**
     * Returns a new answer; null if there is none, or none yet.
     *
     * @param patient whether it is asked until a rule could be asked; else that is refused
     * @throws RefusedLineException if the session may read nothing, or not now
     */
    @Nullable GrantedChannel answer(boolean patient) {
        if (due && session.reading().nanoTime() - notBefore >= 0) {
            due = false;
            asked = channels.ask(channel, session.caller(), session.reading()::wake);
        }
        AccessQuestion question = asked;
        if (question == null || !channels.isAnswered(question)) {
            if (due || question != null) {
                session.lookAgain();
            }
            return null;
        }
        asked = null;
        if (patient && question.isBusy()) {
            due = true;
            notBefore = session.reading().nanoTime() + PAUSE_NANOS;
            session.lookAgain();
            return null;
        }
        return patient ? granted(question) : readable(question);
    }

    private GrantedChannel granted(AccessQuestion question) {
        try {
            return channels.granted(question);
        } catch (RefusedLineException refusal) {
            session.audit().grantChanged(channel, refusal.code().code(), String.valueOf(refusal.getMessage()));
            throw refusal;
        }
    }

    private GrantedChannel readable(AccessQuestion question) {
        try {
            return channels.readable(question);
        } catch (RefusedLineException refusal) {
            session.audit().notSubscribed(channel, refusal);
            throw refusal;
        }
    }

    /** Gives up the question. */
    void close() {
        due = false;
        if (asked != null) {
            asked.cancel();
            asked = null;
        }
    }
}
