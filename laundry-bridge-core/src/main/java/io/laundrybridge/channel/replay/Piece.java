package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LeaderEpochs;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;

/**
 * A replayed part of the stream.
 *
 * @param life the {@linkplain ChannelLog#id() number} of the channel's log at that time; the log itself would stay in
 *     memory
 * @param begin the beginning of the part
 * @param writer has written its lines
 * @param bytes the memory of the piece
 * @param records the number of records read
 * @param read the bytes of those records as the source has them, sent or not
 * @param unseen the number of those bytes that are in no line
 * @param inOrder whether its partitions are in order of time
 * @param last whether it ends where memory began
 */
record Piece(
        long life,
        PositionVector begin,
        LogWriter writer,
        long bytes,
        long records,
        long read,
        long unseen,
        boolean inOrder,
        boolean last) {

    /**
     * Returns whether the piece has something for a reader at the place of {@code question}, and misses nothing before
     * it.
     */
    boolean serves(ReplayQuestion question) {
        PositionVector place = question.from();
        return question.isForPiece()
                && question.log().id() == life
                && (inOrder || question.kind() != ReplayKind.PACED)
                && place.reaches(begin)
                && !place.reaches(writer.log().progress());
    }

    /** Returns the answer to a request for {@code place}. A forged place harms no other request. */
    ReplayAnswer answer(PositionVector place) {
        ChannelLog lines = writer.log();
        return LeaderEpochs.contradict(Cursor.before(lines, lines.start()), place)
                ? new ReplayAnswer.Gone(ResetReason.TRUNCATED)
                : new ReplayAnswer.Piece(lines, unseen);
    }

    /** Returns the place at which it ends. */
    PositionVector end() {
        return writer.log().progress();
    }

    /** Drops the lines. Readers that have not come to the end ask again. */
    void release() {
        writer.release();
    }
}
