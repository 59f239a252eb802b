package io.laundrybridge.kafka.inprocess;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Asks the cluster as any client would. */
final class TopicAdmin implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;

    private final Admin admin;

    TopicAdmin(String bootstrapServers) {
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG,
                PAUSE_MILLIS,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                10 * PAUSE_MILLIS));
    }

    void create(String name, int partitions, short replicas, Map<String, String> settings) {
        var topic = new NewTopic(name, partitions, replicas).configs(settings);
        try {
            admin.createTopics(List.of(topic)).all().get(Cluster.BUDGET.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Topic " + name + " could not be created: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        await("Topic " + name + " got no leaders", () -> hasLeaders(name, partitions));
    }

    void awaitBrokers(int expected) {
        await(
                "The cluster did not reach " + expected + " brokers",
                () -> admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).size() >= expected);
    }

    private boolean hasLeaders(String topic, int partitions) throws Exception {
        var descriptions = admin.describeTopics(List.of(topic)).allTopicNames().get(1, TimeUnit.SECONDS);
        return descriptions.values().stream()
                        .flatMap(description -> description.partitions().stream())
                        .filter(partition -> partition.leader() != null)
                        .count()
                == partitions;
    }

    private static void await(String failure, Callable<Boolean> condition) {
        Exception last = null;
        long deadline = System.nanoTime() + Cluster.BUDGET.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (ExecutionException | TimeoutException e) {
                last = e; // not yet: brokers learn of each other and of topics a moment after the controller
            } catch (Exception e) {
                throw new IllegalStateException(failure, e);
            }
        }
        throw new IllegalStateException(failure + " within " + Cluster.BUDGET, last);
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for the in-process Kafka", e);
    }

    @Override
    public void close() {
        admin.close(Cluster.BUDGET);
    }
}
