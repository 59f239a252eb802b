package io.laundrybridge.jcstress.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.laundrybridge.jcstress.log.Meeting;
import io.laundrybridge.session.worker.DrainWorker;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Tests parking against a new task: a worker whose queue is empty goes to sleep for a quarter of a second while another
 * thread adds a task. Either the worker sees the task before it sleeps, or it is woken.
 */
@JCStressTest
@Outcome(id = "at once", expect = ACCEPTABLE, desc = "The task ran.")
@Outcome(id = "stall", expect = ACCEPTABLE, desc = "The task ran late on a busy machine.")
@Outcome(expect = FORBIDDEN, desc = "The task ran when the worker woke by itself.")
@State
public class NoTaskWaitsForAParkedWorker {
    /** Nearly as long as a worker sleeps. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * If a thread on its own processor has seen a worker sleep for that long, the worker was not woken. A worker that
     * was woken and waits for a processor looks asleep too, on a busy machine for more than 100 ms.
     */
    private static final long WITNESSED_NANOS = TimeUnit.MILLISECONDS.toNanos(190);

    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** About so many spins pass until a worker checks its queue and sleeps. */
    private static final int SPINS = 40;

    private Thread thread; // written before worker
    private volatile DrainWorker worker;
    private volatile boolean ended;

    @Actor
    public void worker() {
        thread = Thread.currentThread();
        HandDrivenWorker hand = new HandDrivenWorker(thread);
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

    /**
     * Returns how the task ran. Elapsed time says little on a busy machine, so the time counts for which the worker was
     * seen asleep.
     */
    private String howItEnded() {
        long began = System.nanoTime();
        long now = began;
        long asleep = 0;
        while (!ended) {
            boolean sleeps = thread.getState() == Thread.State.TIMED_WAITING;
            long next = System.nanoTime();
            asleep += sleeps && next - now < STALL_NANOS ? next - now : 0;
            now = next;
        }
        if (now - began < LATE_NANOS) {
            return "at once";
        }
        return asleep < WITNESSED_NANOS ? "stall" : "too late";
    }
}
