package io.laundrybridge.session.frame;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.socket.Frame;

/**
 * A piece of a log and the frame that carries it.
 *
 * @param run where the piece begins, and the segment that it lies in
 * @param end the log index after its last entry; not always that of {@code run}
 * @param compressed whether the frame is compressed
 */
public record FramedRun(Run run, long end, Frame frame, boolean compressed) {

    /** How a piece becomes a frame. */
    @FunctionalInterface
    public interface Packer {
        /** {@code run} of {@code log}, or a piece of the same segment that begins with it. */
        FramedRun pack(String channel, ChannelLog log, Run run);

        /** Somebody takes what was packed for another. */
        default void shared(String channel, FramedRun packed) {}
    }

    /** As it lies, without copying. */
    public static FramedRun plain(String channel, ChannelLog log, Run run) {
        return new FramedRun(run, run.end(), Frame.lines(run.lines()), false);
    }
}
