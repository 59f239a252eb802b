package io.laundrybridge.session.worker;

import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.queue.WorkerQueue;
import io.laundrybridge.session.wake.Timers;
import io.laundrybridge.session.wake.WorkerThread;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns its sessions: new events, completed sends, commands and closes of a session are tasks in its
 * queue. It holds no lock; other threads only add tasks.
 */
public final class DrainWorker implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.session");

    private final EndpointContext context;
    private final Workbench bench;
    private final RateLimitedLog failures;
    private final Thread thread;
    /** The pause between two parts of a round. */
    private final long tickNanos;

    private final WorkerQueue agenda;
    private volatile boolean parked;
    private volatile boolean stopping;

    // Worker thread only.
    private final TickWheel<WorkerSession> rounds = new TickWheel<>();
    private final Timers timers;
    private long nextTick;
    private long last;

    public DrainWorker(int number, EndpointContext context) {
        this(number, context, new ConcurrentLinkedQueue<>());
    }

    /** Makes a worker with a queue that a test can look into; any thread may add to {@code tasks}. */
    public DrainWorker(int number, EndpointContext context, Queue<Runnable> tasks) {
        this.context = context;
        this.agenda = new WorkerQueue(tasks);
        this.tickNanos = TickWheel.interval(context) / TickWheel.PARTS;
        this.timers = new Timers(context.services().nanoTime());
        this.failures = new RateLimitedLog(LOG, context.services().nanoTime());
        WorkerThread here = new WorkerThread(this, timers, context.services().nanoTime(), failures);
        this.bench = new Workbench(context, here);
        this.last = context.nanoTime();
        this.nextTick = last + tickNanos;
        this.thread = context.services().thread("drain-" + number, this::run);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread once the tasks added so far have run. Remaining sessions are then dropped. */
    public void stop() {
        execute(() -> stopping = true);
    }

    /** Waits at most {@code millis} for the thread's end; returns whether it has ended. Does not wait for itself. */
    boolean join(long millis) throws InterruptedException {
        if (isCurrentThread()) {
            return true;
        }
        thread.join(millis);
        return !thread.isAlive();
    }

    /** Adds a task; any thread. */
    @Override
    public void execute(Runnable task) {
        agenda.add(task);
        unpark();
    }

    /** Adds a turn, which runs after the tasks, as long as they leave it its share of the time; any thread. */
    void executeInTurn(Runnable turn) {
        agenda.addTurn(turn);
        unpark();
    }

    /** Adds what a session that is new sends, which goes behind the tasks; worker thread only. */
    void executeRecent(Runnable send) {
        agenda.addRecent(send);
    }

    private void unpark() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns an alarm that is not set yet; any thread makes it, the worker sets it. */
    Timers.Alarm alarm(Runnable task) {
        return timers.alarm(task);
    }

    /** Returns the number of set alarms; worker thread only. */
    int alarms() {
        return timers.size();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Logs unforeseen errors. */
    RateLimitedLog failures() {
        return failures;
    }

    /** Returns what its sessions share. */
    public Workbench bench() {
        return bench;
    }

    void add(WorkerSession session) {
        rounds.add(session);
    }

    void remove(WorkerSession session) {
        rounds.remove(session);
    }

    /** Returns a copy, because sessions leave while they are called. */
    List<WorkerSession> sessions() {
        return rounds.all();
    }

    /**
     * Runs {@code call} on another thread. Its failure is logged, and a socket that did not close is dropped after its
     * grace.
     *
     * @return false if there is no thread for it
     */
    boolean elsewhere(BlockingCalls.Lane lane, Runnable call) {
        try {
            context.elsewhere().run(lane, () -> {
                try {
                    call.run();
                } catch (Throwable e) {
                    failures.warn("A container could not close a socket", e);
                }
            });
            return true;
        } catch (Throwable e) {
            failures.warn("No thread was available to close a socket", e);
            return false;
        }
    }

    private void run() {
        while (!stopping) {
            Runnable task = agenda.take();
            if (task == null) {
                park();
            } else {
                runSafely(task);
            }
            passTime();
        }
        rounds.all().forEach(session -> runSafely(session::abandon));
        forgetAll();
    }

    /**
     * Runs what comes next and what is due, on the calling thread. For simulations, whose workers are not started.
     *
     * @return false if no task waited
     */
    public boolean step() {
        last = context.nanoTime();
        Runnable task = agenda.take();
        if (task != null) {
            runSafely(task);
        }
        passTime();
        return task != null;
    }

    /** Returns the nanoseconds until time alone gives this worker something to do; worker thread only. */
    public long untilDue() {
        return timers.untilFirst(tickNanos);
    }

    private void passTime() {
        timers.runDue(this::runSafely);
        long now = context.nanoTime();
        agenda.spent(now - last);
        last = now;
        tickIfDue(now);
    }

    private void forgetAll() {
        bench.clear();
        timers.clear();
        agenda.clear();
    }

    private void park() {
        parked = true;
        if (agenda.isEmpty()) {
            LockSupport.parkNanos(this, untilDue());
        }
        parked = false;
    }

    private void tickIfDue(long now) {
        if (now - nextTick >= 0) {
            nextTick = now + tickNanos;
            for (WorkerSession session : rounds.next()) {
                runSafely(() -> session.tick(now));
            }
        }
    }

    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // a worker that ended here would leave its sessions without a message
            failures.warn("A task of the sessions' worker failed; the worker goes on", e);
        }
    }
}
