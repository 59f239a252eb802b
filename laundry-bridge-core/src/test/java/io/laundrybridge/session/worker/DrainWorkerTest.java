package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.AccessLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.EndpointContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public class DrainWorkerTest {
    /** A worker that parks over each of them takes 250 ms apiece, 25 s in all. */
    private static final int TASKS = 100;

    /** Each time the worker finds nothing to do, somebody adds a task before it has said that it parks. */
    private static final class JustTooLate extends ConcurrentLinkedQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch ran = new CountDownLatch(TASKS);
        private transient @Nullable DrainWorker worker;
        private int added;

        @Override
        public @Nullable Runnable poll() {
            Runnable task = super.poll();
            if (task == null && added++ < TASKS) {
                Objects.requireNonNull(worker).execute(ran::countDown);
            }
            return task;
        }
    }

    @Test
    void aTaskAddedJustBeforeTheWorkerParksDoesNotWait() throws Exception {
        EndpointContext context = new EndpointContext(
                SessionLimits.DEFAULT,
                Duration.ofSeconds(25),
                HostServices.standard(),
                new EndpointChannels(HostServices.standard(), AccessLimits.DEFAULT),
                BlockingCalls.on(Runnable::run));
        JustTooLate tasks = new JustTooLate();
        DrainWorker worker = new DrainWorker(0, context, tasks);
        tasks.worker = worker;
        worker.start();
        try {
            assertThat(tasks.ran.await(5, TimeUnit.SECONDS)).as("all ran").isTrue();
        } finally {
            worker.stop();
            worker.join(5_000);
        }
    }
}
