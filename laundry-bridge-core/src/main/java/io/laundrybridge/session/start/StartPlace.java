package io.laundrybridge.session.start;

import static io.laundrybridge.config.ChannelSettings.STATE_BYTES;
import static io.laundrybridge.config.ChannelSettings.STATE_KEYS;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.latest.LatestImage;
import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription begins.
 *
 * @param cursor the place in the log; where {@code behind}, the oldest that the log has
 * @param at the position that the client is told
 * @param floors what lies below is skipped, per partition
 * @param behind whether the floors lie behind the log, so that the source is read again from there
 * @param resumes whether the client has been there before; one that begins in the past lets these go first
 * @param image the state to begin with, or null; {@code cursor} stands where it ends
 * @param less whether the client gets something else than what it asked for, such as the state instead of the events
 * @param gaps what is out of reach
 * @param reset why the position asked for is void, or null
 */
public record StartPlace(
        Cursor cursor,
        PositionVector at,
        PositionVector floors,
        boolean behind,
        boolean resumes,
        @Nullable LatestImage image,
        boolean less,
        List<Gap> gaps,
        @Nullable ResetReason reset) {

    /** How often an image is made anew because a small log has gone past its end before anybody stood there. */
    private static final int IMAGES = 16;

    static StartPlace at(Cursor cursor) {
        return new StartPlace(
                cursor, cursor.position(), PositionVector.ORIGIN, false, true, null, false, List.of(), null);
    }

    /** At {@code position}, which the log reaches. */
    static StartPlace resume(Cursor cursor, PositionVector position) {
        return new StartPlace(cursor, position, position, false, true, null, false, List.of(), null);
    }

    /**
     * At {@code position}, which is behind the log: replayed from there on, as far back as the channel's budget reaches.
     *
     * @param resumes whether the client has been there before
     */
    static StartPlace behind(Channel channel, ChannelLog log, PositionVector position, boolean resumes) {
        Cursor oldest = Cursor.before(log, log.start());
        PositionVector reach = channel.policy().replay().reach(position, oldest.position());
        List<Gap> missing = Gap.between(position, reach, GapReason.LIMIT);
        return new StartPlace(oldest, position, reach, true, resumes, null, false, missing, null);
    }

    /**
     * With the newest value of every key, not older than the log's entry {@code least}; null if the channel
     * keeps no state, or more than its limits allow, or if its log is so small that it runs past every image.
     */
    public static @Nullable StartPlace snapshot(ChannelState state, long least) {
        LatestTable table = state.table();
        for (int tries = 0; table != null && tries < IMAGES; tries++) {
            LatestImage image = table.image(least);
            if (image == null) {
                return null;
            }
            Cursor after = Cursor.before(image.log(), image.index());
            if (after.next() == image.index()) {
                return new StartPlace(
                        after, after.position(), PositionVector.ORIGIN, false, true, image, false, List.of(), null);
            }
        }
        return null;
    }

    /**
     * As {@link #snapshot}.
     *
     * @throws RefusedLineException if there is none: the channel keeps no state, or more than its limits allow
     */
    static StartPlace state(Channel channel, long least) {
        StartPlace start = snapshot(channel.state(), least);
        if (start != null) {
            return start;
        }
        throw channel.policy().keepsState()
                ? new RefusedLineException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "the channel has more state than its limits allow; start from live, or have the operator raise "
                                + STATE_KEYS.of(channel.name()) + " and " + STATE_BYTES.of(channel.name()))
                : new RefusedLineException(
                        ErrorCode.BAD_REQUEST, "the channel keeps no state; start from live, last:100 or earliest");
    }

    StartPlace because(ResetReason reason) {
        return new StartPlace(cursor, at, floors, behind, resumes, image, less, gaps, reason);
    }

    StartPlace inPlaceOfMore() {
        return new StartPlace(cursor, at, floors, behind, resumes, image, true, gaps, reset);
    }

    /** Returns whether what was asked for is there whole, as far as is known. */
    public boolean recovered() {
        return !less
                && gaps.isEmpty()
                && reset == null
                && (!behind || floors.reaches(cursor.log().beginning()));
    }
}
