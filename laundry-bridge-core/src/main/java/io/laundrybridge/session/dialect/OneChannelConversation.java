package io.laundrybridge.session.dialect;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.endpoint.GrantedChannel;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that only delivers one channel, with a frame per event. It searches the start that the client asked
 * for ({@code OneChannelSearch}), then reads ({@code OneChannelReading}). What has no frame, such as a gap, closes the
 * session. Confined to the session's worker.
 */
public abstract class OneChannelConversation implements Conversation {
    private final Session session;
    private final Runnable subscribed;
    private final SubscriptionCosts costs;
    private final long openedAt;
    private OneChannelPhase phase = OneChannelPhase.NONE;
    private @Nullable OneChannelQuestion question;
    private @Nullable GrantedChannel granted;

    /** Makes a conversation that calls {@code subscribed} once its channel is granted. */
    protected OneChannelConversation(Session session, Runnable subscribed) {
        this.session = session;
        this.subscribed = subscribed;
        this.costs = new SubscriptionCosts(session.context().subscriptions());
        this.openedAt = session.context().nanoTime();
    }

    /**
     * Returns the name of the channel that the client asks for.
     *
     * @throws RefusedSessionException if the request is wrong
     */
    protected abstract String channelName() throws RefusedSessionException;

    /**
     * Returns the search for the start that the client asked for, in what is {@code granted}. Counts the memory of the
     * subscription by {@code costs}.
     *
     * @throws RefusedSessionException if the client cannot be served
     * @throws RefusedLineException if the client cannot be served; the error's code decides about the close code
     */
    protected abstract PendingStart search(GrantedChannel granted, SubscriptionCosts costs)
            throws RefusedSessionException;

    /** Returns the frame of {@code entry}, an event at {@code at} of {@code run}; null if there is none for it. */
    protected abstract @Nullable Frame frame(Run run, long at, LogEntry entry);

    /** Returns the frame of an event with which a key leaves the selection; null if there is none for it. */
    protected @Nullable Frame left(LogEntry entry) {
        return null;
    }

    /** Returns the interval at which the newest event of each key is sent; zero for every event. */
    protected Duration every() {
        return Duration.ZERO;
    }

    /** Returns the reason of the close if events after the requested start are lost. */
    protected String startLost() {
        return "some of the requested events no longer exist; start later";
    }

    protected final Session session() {
        return session;
    }

    @Override
    public void opened() {
        try {
            question = new OneChannelQuestion(session, channelName());
            recheck();
            goOn();
        } catch (RefusedSessionException refusal) {
            close(refusal);
        }
    }

    @Override
    public void recheck() {
        if (question != null) {
            question.ask();
        }
    }

    private void goOn() throws RefusedSessionException {
        try {
            GrantedChannel now = question == null ? null : question.answer(granted != null);
            if (now != null && !now.equals(granted)) {
                become(now);
            }
        } catch (RefusedLineException refusal) {
            throw RefusedSessionException.of(refusal);
        }
        phase = phase.goOn();
    }

    /** Begins, or begins again if nothing was sent. A client that has events under another grant must reconnect. */
    private void become(GrantedChannel now) throws RefusedSessionException {
        boolean first = granted == null;
        granted = now;
        if (phase.reads()) {
            session.audit().grantChanged(now.channel().name(), "", "");
            throw new RefusedSessionException(
                    CloseCode.CONTINUITY_LOST, "what you may read of the channel has changed; connect again");
        }
        phase.close();
        phase = new OneChannelSearch(this, search(now, costs));
        if (first) {
            subscribed.run();
        }
    }

    private void close(RefusedSessionException refusal) {
        session.close(refusal.code(), refusal.reason());
    }

    @Override
    public @Nullable Frame next() {
        try {
            goOn();
        } catch (RefusedSessionException refusal) {
            close(refusal);
        }
        return phase.next();
    }

    @Override
    public Outlook outlook() {
        return phase.outlook();
    }

    @Override
    public void tick(long now) {
        phase.expire(now);
        if (!phase.reads()
                && now - openedAt >= session.context().limits().firstSubscribe().toNanos()) {
            session.close(CloseCode.POLICY, "the place to start from was not found in time; reconnect later");
        }
    }

    @Override
    public List<ReadChannel> readChannels() {
        return phase.readChannels();
    }

    @Override
    public void removed(Channel gone) {
        if (phase.isOf(gone)) {
            session.close(CloseCode.RESTART, "the server stopped the channel");
            ended(); // now, not with the socket: the worker forgets the channel's readers next
        }
    }

    @Override
    public void ended() {
        if (question != null) {
            question.close();
        }
        phase.close();
        phase = OneChannelPhase.NONE;
        costs.clear();
    }
}
