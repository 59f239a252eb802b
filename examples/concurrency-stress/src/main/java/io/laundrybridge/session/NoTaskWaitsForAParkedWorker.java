package io.laundrybridge.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.laundrybridge.channel.log.Meeting;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Parking against a new task: a worker whose queue is empty goes to sleep for a quarter of a second while another thread
 * adds a task. Either the worker sees the task before it sleeps, or it is woken.
 */
@JCStressTest
@Outcome(id = "at once", expect = ACCEPTABLE, desc = "The task ran.")
@Outcome(id = "stall", expect = ACCEPTABLE, desc = "The task ran late, but so did its witness.")
@Outcome(expect = FORBIDDEN, desc = "The task ran when the worker woke by itself.")
@State
public class NoTaskWaitsForAParkedWorker {
    /** Nearly as long as a worker sleeps. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Who waits for that long with a processor of its own can say that the worker slept meanwhile. */
    private static final long WITNESSED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A worker comes to its queue, and then to its sleep, within about so many spins. */
    private static final int SPINS = 40;

    private volatile DrainWorker worker;
    private volatile boolean ended;

    @Actor
    public void worker() {
        HandDrivenWorker hand = new HandDrivenWorker(Thread.currentThread());
        worker = hand.worker();
        hand.run();
        ended = true;
    }

    @Actor
    public void other(L_Result seen) {
        Meeting.await(() -> worker != null);
        for (int spins = ThreadLocalRandom.current().nextInt(SPINS); spins > 0; spins--) {
            Thread.onSpinWait();
        }
        worker.stop(); // a task like any other, and the last
        seen.r1 = howItEnded();
    }

    private String howItEnded() {
        long began = System.nanoTime();
        long now = began;
        long stalled = 0;
        while (!ended) {
            Thread.onSpinWait();
            long next = System.nanoTime();
            stalled += next - now > STALL_NANOS ? next - now : 0;
            now = next;
        }
        long took = now - began;
        if (took < LATE_NANOS) {
            return "at once";
        }
        return took - stalled < WITNESSED_NANOS ? "stall" : "too late";
    }
}
