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

/** Tests publication: before a head that a reader has seen, every entry, its bytes and its links are visible. */
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "Every line as soon as the head showed it.")
@Outcome(expect = FORBIDDEN, desc = "Published before it was whole.")
@State
public class EveryLineBeforeTheHeadIsWhole {
    private static final NumberedLines LINES = NumberedLines.many(1);
    private static final int LAST = 8;

    private final Meeting meeting = new Meeting();
    private final LogWriter writer = LINES.writer(0);
    private final ChannelLog log = writer.log();
    private final LinkedReader reader = new LinkedReader(LINES, log);

    @Actor
    public void writer() {
        meeting.meet();
        for (int n = 0; n < LAST; n++) {
            LINES.append(writer, n);
        }
    }

    @Actor
    public void reader(L_Result seen) {
        meeting.meet();
        seen.r1 = Meeting.answer(() -> reader.follow(LAST));
    }
}
