package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.replay.ReplayAccount;
import io.laundrybridge.channel.replay.ReplayAnswer;
import io.laundrybridge.channel.replay.ReplayRequest;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The question of one start to the source: where does a time lie that memory no longer reaches, or where does the stream
 * begin now? Asked once, and given up after a while. Confined to its worker.
 */
final class PlaceLookup {
    private final Channel channel;
    private final ReplayAccount account;
    private final Runnable wake;
    private final LongSupplier nanoTime;
    private final long patienceNanos;
    private @Nullable ReplayRequest request;
    private long askedAt;

    /**
     * Has asked nothing yet.
     *
     * @param account what the session has had of reading again
     * @param wake has the worker look again; called from any thread
     */
    PlaceLookup(Channel channel, ReplayAccount account, Runnable wake, LongSupplier nanoTime, long patienceNanos) {
        this.channel = channel;
        this.account = account;
        this.wake = wake;
        this.nanoTime = nanoTime;
        this.patienceNanos = patienceNanos;
    }

    /**
     * The place of {@code millis} in the stream that {@code log} is a part of; null while the source has not answered.
     *
     * @throws RefusedLineException if it has not for too long
     */
    @Nullable PositionVector time(ChannelLog log, long millis) {
        return place(log, () -> channel.replay().askForTime(account, log, millis, wake));
    }

    /**
     * The oldest place of each partition of the stream that {@code log} is a part of; null while the source has not answered.
     *
     * @param partitions how many partitions the asker has reason to expect
     * @throws RefusedLineException if it has not for too long
     */
    @Nullable PositionVector beginning(ChannelLog log, int partitions) {
        return place(log, () -> channel.replay().askForBeginning(account, log, partitions, wake));
    }

    private @Nullable PositionVector place(ChannelLog log, Supplier<ReplayRequest> question) {
        ReplayRequest asked = request;
        if (asked == null || asked.log() != log) {
            close();
            asked = question.get();
            request = asked;
            askedAt = nanoTime.getAsLong();
        }
        if (asked.answer() instanceof ReplayAnswer.Place place) {
            return place.position();
        }
        if (tired()) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "the source does not say where that place lies; try again shortly, or start from live");
        }
        return null;
    }

    boolean asked() {
        return request != null;
    }

    /** Whether an answer is waited for, and there is time left. */
    boolean waits() {
        ReplayRequest asked = request;
        return asked != null && asked.answer() == null && !tired();
    }

    /** Nobody waits for the answer any more. */
    void close() {
        if (request != null) {
            request.cancel();
            request = null;
        }
    }

    private boolean tired() {
        return nanoTime.getAsLong() - askedAt >= patienceNanos;
    }
}
