package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;

/**
 * Replays parts of one channel that its log no longer has. Sessions whose places are near each other share what is
 * read. A session asks again for each piece, so that every session gets a turn. Thread-safe.
 */
public final class ChannelReplay implements AutoCloseable {
    private final ReplayQueue queue;
    private final Runnable wanted;
    private final Runnable closed;

    /**
     * Makes the side of {@code queue} that sessions use.
     *
     * @param wanted called when a request waits
     * @param closed called when this is closed
     */
    ChannelReplay(ReplayQueue queue, Runnable wanted, Runnable closed) {
        this.queue = queue;
        this.wanted = wanted;
        this.closed = closed;
    }

    /**
     * Asks for the records from {@code from} on, which {@code log} no longer reaches. Returns at once.
     *
     * @param account what was replayed for the session
     * @param kind {@link ReplayKind#RESUME} or {@link ReplayKind#START}
     * @param log the channel's log; pieces belong to the same epoch of the stream
     * @param from where to read; the answer is {@link ReplayAnswer.Gone} if a record's leader epoch contradicts it
     * @param answered run once when the answer comes, on any thread, but not if this method already has it; must not
     *     block
     */
    public ReplayRequest ask(
            ReplayAccount account, ReplayKind kind, ChannelLog log, PositionVector from, Runnable answered) {
        return ask(ReplayQuestion.piece(kind, log, from), account, answered);
    }

    /**
     * Asks for the place of a time in the stream; the answer is a {@link ReplayAnswer.Place}. Returns at once.
     *
     * @param log the channel's log; for partitions without a record stamped then or later the answer is its position
     *     now
     * @param since milliseconds since 1970, not negative
     * @param answered run once when the answer comes, on any thread, but not if this method already has it; must not
     *     block
     */
    public ReplayRequest askForTime(ReplayAccount account, ChannelLog log, long since, Runnable answered) {
        return ask(ReplayQuestion.time(log, since), account, answered);
    }

    /**
     * Asks where the stream begins now; the answer is a {@link ReplayAnswer.Place} that names each of its partitions.
     * Returns at once.
     *
     * @param partitions the number of partitions that the client expects
     * @param answered run once when the answer comes, on any thread, but not if this method already has it; must not
     *     block
     */
    public ReplayRequest askForBeginning(ReplayAccount account, ChannelLog log, int partitions, Runnable answered) {
        return ask(ReplayQuestion.beginning(log, partitions), account, answered);
    }

    private ReplayRequest ask(ReplayQuestion question, ReplayAccount account, Runnable answered) {
        ReplayRequest request = new ReplayRequest(question, account, answered, queue::cancel);
        if (queue.add(request)) {
            wanted.run();
        }
        return request;
    }

    /** Drops the pieces of the earlier epoch, because the channel starts over with another log. Any thread. */
    public void startOver() {
        queue.startOver();
    }

    /** Drops all pieces, because no session asks any more. */
    @Override
    public void close() {
        closed.run();
    }
}
