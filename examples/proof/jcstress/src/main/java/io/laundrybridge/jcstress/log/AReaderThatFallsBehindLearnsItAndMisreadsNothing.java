package io.laundrybridge.jcstress.log;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.PositionVector;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Tests eviction against reading: a full log evicts its oldest line with every new one. A cursor gets the right line of
 * every index, with the link to its key's next line. Or it learns that it fell off, and which lines it missed.
 */
@JCStressTest
@Outcome(id = "read", expect = ACCEPTABLE, desc = "Every line, whole.")
@Outcome(id = "fell off", expect = ACCEPTABLE, desc = "Whole lines, and a loss that was reported.")
@Outcome(expect = FORBIDDEN, desc = "A wrong line, or a loss that was not reported.")
@State
public class AReaderThatFallsBehindLearnsItAndMisreadsNothing {
    private static final int KEYS = 2;
    private static final NumberedLines LINES = NumberedLines.huge(KEYS);
    private static final int FULL = 3;
    private static final int LAST = 10;

    private final Meeting meeting = new Meeting();
    private final LogWriter writer = LINES.writer(FULL);
    private final ChannelLog log = writer.log();
    private Cursor cursor = Cursor.before(log, 0);
    private boolean fellOff;

    @Actor
    public void writer() {
        meeting.meet();
        for (int n = FULL; n < LAST; n++) {
            LINES.append(writer, n);
        }
    }

    @Actor
    public void reader(L_Result seen) {
        meeting.meet();
        seen.r1 = Meeting.answer(this::walk);
    }

    private String walk() {
        String fault = null;
        while (fault == null && cursor.next() < LAST) {
            Meeting.await(this::isNextToGo);
            fault = cursor.lost() ? fallOff() : readOn();
        }
        return fault != null ? fault : fellOff ? "fell off" : "read";
    }

    /** Returns whether the next line to read will be evicted with the writer's next line, or is already evicted. */
    private boolean isNextToGo() {
        return log.head() >= Math.min(cursor.next() + FULL, LAST);
    }

    private String fallOff() {
        PositionVector missedFrom = cursor.position();
        long next = cursor.next();
        cursor = Cursor.before(log, log.start());
        fellOff = true;
        return missedFrom.next(0) == next && cursor.position().next(0) == cursor.next() ? null : "wrong position";
    }

    private String readOn() {
        long next = cursor.next();
        long head = log.head();
        Run run = cursor.read(Integer.MAX_VALUE, Integer.MAX_VALUE);
        if (run.isEmpty()) {
            return cursor.lost() ? null : "lost without a word";
        }
        if (run.first() != next) {
            return "skipped";
        }
        for (long at = next; at < run.end(); at++) {
            String fault = LINES.fault(run, at);
            if (fault != null) {
                return fault;
            }
        }
        if (next + KEYS < head && run.newer(next) != next + KEYS) {
            return "no link";
        }
        cursor.advance(run, next + 1);
        return cursor.position().next(0) == next + 1 ? null : "wrong position";
    }
}
