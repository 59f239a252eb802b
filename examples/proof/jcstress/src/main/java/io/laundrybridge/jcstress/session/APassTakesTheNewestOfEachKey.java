package io.laundrybridge.jcstress.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.jcstress.log.Meeting;
import io.laundrybridge.jcstress.log.NumberedLines;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Tests the links of keys against appending: every pass gives exactly the newest event of each key before the head at
 * which it began.
 */
@JCStressTest
@Outcome(id = "newest", expect = ACCEPTABLE, desc = "The newest of each key, in every pass.")
@Outcome(expect = FORBIDDEN, desc = "A key twice, or not at all.")
@State
public class APassTakesTheNewestOfEachKey {
    private static final int KEYS = 2;
    private static final NumberedLines LINES = NumberedLines.many(KEYS);
    private static final int HELD = 3;
    private static final int LAST = 12;

    private final Meeting meeting = new Meeting();
    private final LogWriter writer = LINES.writer(HELD);
    private final ChannelLog log = writer.log();
    private final LogReader reader =
            new LogReader(Cursor.before(log, log.start()), PositionVector.ORIGIN, Selection.ALL);

    @Actor
    public void writer() {
        meeting.meet();
        for (int n = HELD; n < LAST; n++) {
            LINES.append(writer, n);
        }
    }

    @Actor
    public void reader(L_Result seen) {
        meeting.meet();
        seen.r1 = Meeting.answer(this::passes);
    }

    private String passes() {
        reader.inPasses(true);
        String end = "newest";
        while (end.equals("newest") && reader.next() < LAST) {
            Meeting.await(() -> reader.next() < log.head());
            reader.beginPass();
            end = pass(reader.next());
        }
        return end;
    }

    private String pass(long first) {
        long sum = 0;
        int taken = 0;
        while (!reader.passDone()) {
            Run run = reader.read(Integer.MAX_VALUE, Integer.MAX_VALUE);
            if (run.isEmpty()) {
                return "stuck";
            }
            for (long at = run.first(); at < run.end(); at++) {
                if (reader.wants(run, at, new TurnBudget(System::nanoTime))) {
                    sum += at;
                    taken++;
                }
            }
            reader.advance(run, run.end());
        }
        long end = reader.next();
        long newest = Math.min(KEYS, end - first); // the keys take turns
        boolean exact = taken == newest && sum == (2 * end - 1 - newest) * newest / 2;
        return exact ? "newest" : "not the newest";
    }
}
