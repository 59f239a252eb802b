package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;

/** The answer to a {@link ReplayRequest}. */
public sealed interface ReplayAnswer {

    /**
     * A finished piece of the stream. It begins at or before the requested place, partition by partition, so a reader
     * skips what is below its own place. In at least one partition it ends beyond that place, at
     * {@link ChannelLog#progress()}. The node may drop the piece when memory is short. Cursors in it are then
     * {@linkplain io.laundrybridge.channel.log.Cursor#lost() lost}, and their readers ask again.
     *
     * @param unseen bytes that were read for it and are in no line, of records that are too large to show or
     *     undecodable
     */
    record Piece(ChannelLog log, long unseen) implements ReplayAnswer {}

    /** The requested place: the first record of each partition stamped then or later, or the beginning. */
    record Place(PositionVector position) implements ReplayAnswer {}

    /** The requested place no longer exists. */
    record Gone(ResetReason reason) implements ReplayAnswer {}
}
