package io.laundrybridge.session.frame;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.socket.Frame;

/**
 * A piece of a log and the frame that carries it.
 *
 * @param run the beginning of the piece, and its segment
 * @param end the log index after its last entry; not always that of {@code run}
 * @param compressed whether the frame is compressed
 */
public record FramedRun(Run run, long end, Frame frame, boolean compressed) {

    /** Turns a piece into a frame. */
    @FunctionalInterface
    public interface Packer {
        /** Frames {@code run} of {@code log}, or a piece of the same segment that begins with it. */
        FramedRun pack(String channel, ChannelLog log, Run run);

        /** A session takes a frame that was made for another. */
        default void shared(String channel, FramedRun packed) {}
    }

    /** Frames the plain lines, without copying. */
    public static FramedRun plain(String channel, ChannelLog log, Run run) {
        return new FramedRun(run, run.end(), Frame.lines(run.lines()), false);
    }
}
