package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;

/** The answer to a {@link ReplayRequest}. */
public sealed interface ReplayAnswer {

    /**
     * A finished piece of the stream. It begins at or before the place that was asked for, partition by partition, so a
     * reader skips what is below its own place, and it ends beyond that place in one partition at least, at
     * {@link ChannelLog#progress()}. The node may drop the piece when memory is short: cursors in it are {@linkplain
     * io.laundrybridge.channel.log.Cursor#lost() lost} then, and their readers ask again.
     *
     * @param unseen bytes that were read for it and are in no line: of records too large to show, or undecodable
     */
    record Piece(ChannelLog log, long unseen) implements ReplayAnswer {}

    /** The place that was asked for: the first record of each partition stamped then or later, or the beginning. */
    record Place(PositionVector position) implements ReplayAnswer {}

    /** The requested place no longer exists. */
    record Gone(ResetReason reason) implements ReplayAnswer {}
}
