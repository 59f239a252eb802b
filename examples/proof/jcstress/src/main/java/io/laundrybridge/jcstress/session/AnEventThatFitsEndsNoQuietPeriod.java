package io.laundrybridge.jcstress.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.jcstress.log.Meeting;
import io.laundrybridge.jcstress.log.NumberedLines;
import io.laundrybridge.session.wake.QuietPeriod;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Tests a line that is appended while a worker checks whether all waiting lines fit into one frame. They always fit.
 */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "The quiet period lasts.")
@Outcome(id = "0", expect = FORBIDDEN, desc = "Sent before its tick, because it was appended during the check.")
@State
public class AnEventThatFitsEndsNoQuietPeriod {
    private static final NumberedLines LINES = NumberedLines.many(1);

    private final Meeting meeting = new Meeting();
    private final LogWriter writer = LINES.writer(0);
    private final ChannelLog log = writer.log();
    private final Channel channel = LiveChannel.with(log, HostServices.standard());
    private final QuietPeriod quietPeriod = new QuietPeriod(channel, channel.state(), log, 0, 64 << 10);

    /** Returns a line that waits. */
    public AnEventThatFitsEndsNoQuietPeriod() {
        LINES.append(writer, 0);
    }

    @Actor
    public void writer() {
        meeting.meet();
        LINES.append(writer, 1);
    }

    @Actor
    public void worker(I_Result seen) {
        meeting.meet();
        seen.r1 = quietPeriod.coversNow() ? 1 : 0;
    }
}
