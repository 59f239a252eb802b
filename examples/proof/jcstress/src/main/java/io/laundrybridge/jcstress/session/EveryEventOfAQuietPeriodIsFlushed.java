package io.laundrybridge.jcstress.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.jcstress.log.Meeting;
import io.laundrybridge.jcstress.log.NumberedLines;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.wake.ChannelReaders;
import io.laundrybridge.session.wake.FlushGroup;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Tests a quiet period, in which events wake no session, against the tick that ends it. The writer appends a second
 * line and signals while the tick flushes the first. Either that tick flushes the second line too, or the signal causes
 * another tick.
 */
@JCStressTest
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "Flushed by this tick.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Flushed by the next.")
@Outcome(expect = FORBIDDEN, desc = "Lost: no tick will flush it.")
@State
public class EveryEventOfAQuietPeriodIsFlushed {
    private static final NumberedLines LINES = NumberedLines.many(1);
    private static final Thread NOBODY = new Thread();
    private static final Duration LONG = Duration.ofHours(1);

    private final Meeting meeting = new Meeting();
    private final LogWriter writer = LINES.writer(0);
    private final ChannelLog log = writer.log();
    private final HandDrivenWorker hand = new HandDrivenWorker(NOBODY);
    private final Channel channel = LiveChannel.with(log, hand.context().services());
    private final ChannelReaders readers = hand.worker().bench().readers(channel);
    private final LogReader reader = new LogReader(Cursor.before(log, 0), PositionVector.ORIGIN, Selection.ALL);
    private final FlushGroup group;

    /** Returns a session that gathers, and a line that waits for its tick. */
    public EveryEventOfAQuietPeriodIsFlushed() {
        Session session = Session.on(
                hand.worker(),
                hand.context(),
                SilentTransport.INSTANCE,
                SessionLogin.none(Caller.ANONYMOUS),
                one -> new Onlooker(log),
                SessionAudit.none(),
                () -> {});
        session.admit();
        group = readers.gather(readers.add(session, Selection.ALL), LONG);
        LINES.append(writer, 0);
        readers.run();
    }

    @Actor
    public void writer() {
        meeting.meet();
        LINES.append(writer, 1);
        readers.signal();
    }

    @Actor
    public void worker(II_Result seen) {
        meeting.meet();
        group.run();
        group.hold(reader);
        seen.r1 = (int) reader.head();
    }

    @Arbiter
    public void whatWaits(II_Result seen) {
        hand.finish();
        seen.r2 = group.quietPeriod() == null ? 0 : 1;
    }
}
