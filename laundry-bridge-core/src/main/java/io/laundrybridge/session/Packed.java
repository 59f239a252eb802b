package io.laundrybridge.session;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Run;

/**
 * A piece of a log and the frame that carries it.
 *
 * @param run where the piece begins, and the segment that it lies in
 * @param end the log index after its last entry; not always that of {@code run}
 * @param compressed whether the frame is compressed
 */
record Packed(Run run, long end, Frame frame, boolean compressed) {

    /** How a piece becomes a frame. */
    @FunctionalInterface
    interface Packer {
        /** {@code run} of {@code log}, or a piece of the same segment that begins with it. */
        Packed pack(String channel, ChannelLog log, Run run);

        /** Somebody takes what was packed for another. */
        default void shared(String channel, Packed packed) {}
    }

    /** As it lies, without copying. */
    static Packed plain(String channel, ChannelLog log, Run run) {
        return new Packed(run, run.end(), Frame.lines(run.lines()), false);
    }
}
