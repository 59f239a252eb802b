package io.laundrybridge.kafka.inprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Does one thing with several nodes at once, because brokers wait for their controller, and within the budget. */
final class SideBySide {

    interface Step {
        void of(Node node) throws Exception;
    }

    private SideBySide() {}

    static void run(String verb, List<Node> nodes, Step step) {
        var tasks = new ArrayList<FutureTask<@Nullable Void>>();
        for (var node : nodes) {
            Callable<@Nullable Void> work = () -> {
                step.of(node);
                return null;
            };
            var task = new FutureTask<@Nullable Void>(work);
            tasks.add(task);
            var thread = new Thread(task, "in-process-kafka-" + verb + "-" + node.id());
            thread.setDaemon(true);
            thread.start();
        }
        long deadline = System.nanoTime() + Cluster.BUDGET.toNanos();
        tasks.forEach(task -> await(verb, task, deadline));
    }

    private static void await(String verb, FutureTask<?> task, long deadline) {
        try {
            task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The in-process Kafka did not " + verb, e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("The in-process Kafka did not " + verb + " within " + Cluster.BUDGET, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the in-process Kafka was to " + verb, e);
        }
    }
}
