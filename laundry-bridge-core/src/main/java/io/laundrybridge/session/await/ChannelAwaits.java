package io.laundrybridge.session.await;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.session.feed.Feed;
import io.laundrybridge.session.frame.FrameBuffer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests that wait for places of one subscription, once it has sent everything up to there. Confined to
 * the session's worker.
 */
public final class ChannelAwaits {
    private final Awaits all;
    private final Feed feed;
    private final String channel;

    /** Looks for places in {@code feed} of {@code channel}; {@code all} are the ones of the session. */
    public ChannelAwaits(Awaits all, Feed feed, String channel) {
        this.all = all;
        this.feed = feed;
        this.channel = channel;
    }

    /** Returns whether the client waits for a place of this subscription. */
    public boolean isWaiting() {
        return !all.isEmpty() && !all.of(channel).isEmpty();
    }

    /** Returns whether an answer is due. */
    public boolean isDue() {
        PositionVector sent = all.isEmpty() ? null : sent();
        return sent != null && all.of(channel).stream().anyMatch(each -> isReached(each, sent));
    }

    /**
     * Adds the answers that are due to {@code frame}, as many as it takes.
     *
     * @param answer the line that answers a request
     */
    public void answer(FrameBuffer frame, LongFunction<byte[]> answer) {
        PositionVector sent = all.isEmpty() ? null : sent();
        if (sent == null) {
            return;
        }
        for (Awaited each : all.of(channel)) {
            if (isReached(each, sent)) {
                byte[] line = answer.apply(each.id());
                if (!frame.takes(line.length)) {
                    return;
                }
                frame.add(line);
                all.remove(each);
            }
        }
    }

    private boolean isReached(Awaited each, PositionVector sent) {
        return each.place().isOf(feed.home().epoch()) && each.place().behind(sent) < 0;
    }

    /**
     * Returns the position before which the client has got everything that it wants. Null while something is owed: rows
     * of a snapshot, values of keys that came into view, or the newest events of a pass.
     */
    private @Nullable PositionVector sent() {
        boolean owes = !feed.inStream()
                || feed.imageDue()
                || feed.inView().due()
                || !feed.reader().passDone();
        return owes ? null : feed.position();
    }

    /**
     * Refuses the places that are not in the stream any more, which has started over because of {@code reason}. A
     * stream that goes on under other rights still has them.
     */
    public void startedOver(ResetReason reason) {
        if (all.isEmpty() || reason == ResetReason.ACCESS) {
            return;
        }
        for (Awaited each : all.of(channel)) {
            if (reason == ResetReason.TRUNCATED
                    || !each.place().isOf(feed.home().epoch())) {
                all.refuse(
                        each,
                        ErrorCode.BAD_POSITION,
                        "the channel's stream has started over, perhaps without the place that you wait for");
            }
        }
    }
}
