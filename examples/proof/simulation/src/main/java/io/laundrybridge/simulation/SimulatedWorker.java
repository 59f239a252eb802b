package io.laundrybridge.simulation;

import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.DrainWorker;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A drain worker of the bridge, which a simulated thread drives. */
final class SimulatedWorker {
    /** The time of a step in which nothing is sent. */
    private static final long STEP_NANOS = 500;

    private final SimulatedThread thread;
    private final DrainWorker worker;
    private @Nullable Frame known;
    private FrameContent content = new FrameContent(-1, -1, 0, -1);

    /** The worker's tasks; each wakes its thread. */
    private static final class Tasks extends ConcurrentLinkedQueue<Runnable> {
        private static final long serialVersionUID = 1;

        private final transient SimulatedThread thread;

        Tasks(SimulatedThread thread) {
            this.thread = thread;
        }

        @Override
        public boolean add(Runnable task) {
            thread.wake();
            return super.add(task);
        }
    }

    SimulatedWorker(int number, EndpointContext context, SimulatedThread thread) {
        this.thread = thread;
        this.worker = new DrainWorker(number, context, new Tasks(thread));
    }

    DrainWorker worker() {
        return worker;
    }

    void begin() {
        thread.begin(this::run);
    }

    /** Wakes the thread, because a turn may have been added. */
    void wake() {
        thread.wake();
    }

    private void run() {
        while (true) {
            boolean worked = worker.step();
            thread.work(STEP_NANOS);
            if (!worked) {
                thread.sleepUntil(thread.at() + worker.untilDue());
            }
        }
    }

    /** Returns what is in {@code frame}, which many sessions in turn may send. */
    @SuppressWarnings("ReferenceEquality") // the same frame, not one like it
    FrameContent content(Frame frame) {
        if (frame != known) {
            content = FrameContent.of(frame);
            known = frame;
        }
        return content;
    }
}
