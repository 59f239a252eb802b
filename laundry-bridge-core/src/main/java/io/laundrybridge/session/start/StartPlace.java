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
 * The place where a subscription begins.
 *
 * @param cursor the place in the log; if {@code behind}, the oldest place in the log
 * @param at the position that the client gets
 * @param floors events below are skipped, per partition
 * @param behind whether the floors are before the log, so that the source is replayed from there
 * @param resumes whether the client has been there before; clients that begin in the past come after these
 * @param image the state to begin with, or null; {@code cursor} is at its end
 * @param less whether the client gets something other than requested, such as the state instead of the events
 * @param gaps the parts out of reach
 * @param reset why the requested position is void, or null
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

    /** How often an image is made again if a small log has passed its end before a reader came. */
    private static final int IMAGES = 16;

    static StartPlace at(Cursor cursor) {
        return new StartPlace(
                cursor, cursor.position(), PositionVector.ORIGIN, false, true, null, false, List.of(), null);
    }

    /** Starts at {@code position}, which the log reaches. */
    static StartPlace resume(Cursor cursor, PositionVector position) {
        return new StartPlace(cursor, position, position, false, true, null, false, List.of(), null);
    }

    /**
     * Starts at {@code position}, which is behind the log. It is replayed from there on, as far back as the channel's
     * budget reaches.
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
     * Starts with the newest value of every key, not older than the log's entry {@code least}. Null if the channel has
     * no state, or more than its limits allow, or if its log is so small that it passes every image.
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
     * Starts as {@link #snapshot}.
     *
     * @throws RefusedLineException if there is none: the channel has no state, or more than its limits allow
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

    /** Returns this for a client that is told why everything sent before is void. */
    public StartPlace because(ResetReason reason) {
        return new StartPlace(cursor, at, floors, behind, resumes, image, less, gaps, reason);
    }

    StartPlace inPlaceOfMore() {
        return new StartPlace(cursor, at, floors, behind, resumes, image, true, gaps, reset);
    }

    /** Returns whether everything requested is available, as far as is known. */
    public boolean recovered() {
        return !less
                && gaps.isEmpty()
                && reset == null
                && (!behind || floors.reaches(cursor.log().beginning()));
    }
}
