package io.laundrybridge.jcstress.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.jcstress.log.Meeting;
import io.laundrybridge.jcstress.log.NumberedLines;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.wake.ChannelReaders;
import io.laundrybridge.session.worker.Session;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Tests the flag of an idle channel against appending: a worker clears the flag and reads the log while the writer
 * appends and signals. Either the worker sees the line, or the signal adds another task.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Seen at once.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Seen after the signal.")
@Outcome(expect = FORBIDDEN, desc = "Lost: no task will read it.")
@State
public class NoSignalIsLost {
    private static final NumberedLines LINES = NumberedLines.many(1);
    private static final long OLDER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Thread NOBODY = new Thread();

    private final Meeting meeting = new Meeting();
    private final LogWriter writer = LINES.writer(0);
    private final ChannelLog log = writer.log();
    private final HandDrivenWorker hand = new HandDrivenWorker(NOBODY);
    private final ChannelReaders readers = readers(hand);
    private final Onlooker onlooker = new Onlooker(log);

    /** Returns a session that was signalled before, so that the flag is up and its task waits. */
    public NoSignalIsLost() {
        Session session = Session.on(
                hand.worker(),
                hand.context(),
                SilentTransport.INSTANCE,
                SessionLogin.none(Caller.ANONYMOUS),
                any -> onlooker,
                SessionAudit.none(),
                () -> {});
        session.admit();
        session.tick(hand.context().nanoTime() + OLDER_NANOS); // what a new session sends would wait for another task
        readers.add(session, Selection.ALL);
        readers.signal();
    }

    private static ChannelReaders readers(HandDrivenWorker hand) {
        Channel channel = new Channel("c", null, null, hand.context().services());
        return hand.worker().bench().readers(channel);
    }

    @Actor
    public void writer() {
        meeting.meet();
        LINES.append(writer, 0);
        readers.signal();
    }

    @Actor
    public void worker(II_Result seen) {
        meeting.meet();
        hand.turn();
        seen.r1 = (int) onlooker.seen();
    }

    @Arbiter
    public void whatWaits(II_Result seen) {
        hand.finish();
        seen.r2 = (int) onlooker.seen();
    }
}
