package io.laundrybridge.session.dialect.full;

import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subscriptions of a full session that have begun, at most one per channel. Confined to the session's worker. */
final class OpenSubscriptions {
    private final Session session;
    private final SessionLines lines;
    private final List<Subscription> open = new ArrayList<>();
    private final FairTurns turns = new FairTurns(open);
    private boolean hidden;
    private boolean latest;

    /** Starts without subscriptions; {@code lines} receives the unsent answers of subscriptions that end. */
    OpenSubscriptions(Session session, SessionLines lines) {
        this.session = session;
        this.lines = lines;
    }

    /** Begins {@code subscription} at {@code start}, and answers the requests {@code ids}. */
    void add(Subscription subscription, List<Long> ids, StartPlace start) {
        try {
            subscription.begin(ids, start, hidden);
        } catch (Throwable e) {
            subscription.close(); // or it would count as open for good
            throw e;
        }
        open.add(subscription);
    }

    @Nullable Subscription find(String channel) {
        for (Subscription subscription : open) {
            if (subscription.channel().name().equals(channel)) {
                return subscription;
            }
        }
        return null;
    }

    List<ReadChannel> readChannels() {
        return open.stream().map(Subscription::reading).toList();
    }

    /** Returns the names of the channels. */
    List<String> names() {
        return open.stream().map(subscription -> subscription.channel().name()).toList();
    }

    int count() {
        return open.size();
    }

    /**
     * Ends the subscription to {@code channel}.
     *
     * @return false if there is none
     */
    boolean end(String channel) {
        Subscription standing = find(channel);
        if (standing == null) {
            return false;
        }
        open.remove(standing);
        lines.addAll(standing.close());
        return true;
    }

    /** Ends all subscriptions. */
    void clear() {
        open.forEach(Subscription::close);
        open.clear();
    }

    /** Hides the page, which then costs nothing until it is visible again. */
    void hide(ClientLine.Hidden request) {
        latest = request.latest() || (latest && !request.hidden());
        if (request.hidden() == hidden) {
            return;
        }
        hidden = request.hidden();
        for (Subscription subscription : open) {
            if (hidden) {
                subscription.hide();
            } else {
                subscription.show(latest);
            }
        }
    }

    /**
     * Updates all subscriptions.
     *
     * @return false if the session is being closed because one fell behind
     */
    boolean refresh() {
        for (Subscription subscription : open) {
            if (!subscription.refresh()) {
                session.close(
                        CloseCode.SLOW_CONSUMER,
                        "fell behind channel " + subscription.channel().name() + "; reconnect and resume");
                return false;
            }
        }
        return true;
    }

    /** Returns what the next turn would find. */
    Outlook outlook() {
        Outlook outlook = Outlook.IDLE;
        for (int i = 0; i < open.size() && outlook != Outlook.CATCHING_UP; i++) {
            outlook = outlook.or(open.get(i).outlook());
        }
        return outlook;
    }

    /** Returns whether some frames are to be compressed, which then hold only a piece of one log. */
    boolean compress() {
        for (Subscription subscription : open) {
            if (subscription.compresses()) {
                return true;
            }
        }
        return false;
    }

    /** Returns a piece of one log that can be sent unchanged, or null; see {@link FairTurns#slice}. */
    @Nullable Frame slice(int maxBytes) {
        return turns.slice(maxBytes);
    }

    /** Fills {@code frame}, each subscription in its turn. */
    void fill(FrameBuffer frame) {
        turns.fill(frame);
    }

    /** Drops snapshots that the client has not read for too long. */
    void expire(long now) {
        open.forEach(subscription -> subscription.expire(now));
    }

    /** Sends the client its position in every channel in which that is new. */
    void bookmark() {
        open.forEach(Subscription::bookmark);
    }
}
