package io.laundrybridge.jcstress.state;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.laundrybridge.channel.latest.LatestImage;
import io.laundrybridge.channel.latest.LatestRow;
import io.laundrybridge.channel.latest.TableWriter;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.jcstress.log.Meeting;
import io.laundrybridge.jcstress.log.NumberedLines;
import io.laundrybridge.policy.StateLimits;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Tests state against writes: the rows of an image are those of its place in the log, no older and no newer. */
@JCStressTest
@Outcome(id = "[2-5]", expect = ACCEPTABLE, desc = "The state at this place.")
@Outcome(expect = FORBIDDEN, desc = "The state of another place.")
@State
public class AnImageAgreesWithTheLog {
    private static final NumberedLines LINES = NumberedLines.many(2);

    private final Meeting meeting = new Meeting();
    private final LogWriter writer = LINES.writer(0);
    private final ChannelLog log = writer.log();
    private final TableWriter tables = new TableWriter("stress", StateLimits.DEFAULT, writer, () -> 0);

    public AnImageAgreesWithTheLog() {
        append(0);
        append(1);
    }

    @Actor
    public void writer() {
        meeting.meet();
        append(2);
        append(3);
        append(4);
    }

    @Actor
    public void session(L_Result seen) {
        meeting.meet();
        seen.r1 = Meeting.answer(this::look);
    }

    private String look() {
        LatestImage image = tables.table().image(log.head());
        int index = (int) image.index();
        List<LatestRow> rows = image.rows();
        boolean agrees = rows.size() == 2 && isLine(rows.get(0), index - 2) && isLine(rows.get(1), index - 1);
        return agrees ? String.valueOf(index) : "rows of another place";
    }

    private void append(int n) {
        tables.append(LINES.line(n), LINES.record(n), LINES.record(n).timestamp());
    }

    private static boolean isLine(LatestRow row, int n) {
        return row.key().equals(LINES.line(n).key())
                && Arrays.equals(row.line().bytes(), LINES.line(n).bytes());
    }
}
