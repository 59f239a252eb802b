package io.laundrybridge.jcstress.log;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogWriter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Tests publication if every line begins a segment: lines before the head are found in the right segment, by links too.
 */
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "Every line as soon as the head showed it.")
@Outcome(expect = FORBIDDEN, desc = "Published before it was whole, or searched in the wrong segment.")
@State
public class EverySegmentBeforeTheHeadIsFound {
    private static final NumberedLines LINES = NumberedLines.big(1);
    private static final int LAST = 6;

    private final Meeting meeting = new Meeting();
    private final LogWriter writer = LINES.writer(1);
    private final ChannelLog log = writer.log();
    private final LinkedReader reader = new LinkedReader(LINES, log);

    @Actor
    public void writer() {
        meeting.meet();
        for (int n = 1; n < LAST; n++) {
            LINES.append(writer, n);
        }
    }

    @Actor
    public void reader(L_Result seen) {
        meeting.meet();
        seen.r1 = Meeting.answer(() -> reader.follow(LAST));
    }
}
