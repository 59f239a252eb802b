package io.laundrybridge.test.kafka;

import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.kafka.inprocess.InProcessKafkaBuilder;
import io.laundrybridge.test.network.TcpProxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka of several brokers of which clients see only the {@link TcpProxy} before each. What the test itself writes
 * and asks goes past the proxies. Not thread-safe, {@link #write} aside.
 */
public final class FaultyKafka implements AutoCloseable {
    private static final int REPLICAS = 3;
    private static final long PATIENCE_SECONDS = 60;

    private final List<TcpProxy> proxies = new ArrayList<>();
    private final InProcessKafka kafka;
    private final Admin admin;
    private final Producer<String, String> producer;

    private FaultyKafka(InProcessKafkaBuilder plan) {
        kafka = plan.advertisedPort(this::proxied).start();
        Map<String, Object> address = Map.of("bootstrap.servers", kafka.internalServers());
        admin = Admin.create(address);
        producer = new KafkaProducer<>(address, new StringSerializer(), new StringSerializer());
    }

    /** Returns a cluster of {@code brokers} with settings as {@code more} says. */
    public static FaultyKafka start(int brokers, Consumer<InProcessKafkaBuilder> more) {
        InProcessKafkaBuilder plan = InProcessKafka.builder().brokers(brokers);
        more.accept(plan);
        return new FaultyKafka(plan);
    }

    private int proxied(int port) {
        proxies.add(TcpProxy.to(port));
        return proxies.get(proxies.size() - 1).port();
    }

    /** Returns the addresses for clients: the proxies. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Returns the proxy between clients and {@code broker}, counted from 0. */
    public TcpProxy network(int broker) {
        return proxies.get(broker);
    }

    /** Returns the proxies between clients and each broker. */
    public List<TcpProxy> networks() {
        return List.copyOf(proxies);
    }

    /** Returns the addresses past the proxies, for a second opinion. */
    public String internalServers() {
        return kafka.internalServers();
    }

    /** Returns the cluster itself, to stop and start brokers. */
    public InProcessKafka cluster() {
        return kafka;
    }

    /** Past the proxies. */
    public Admin admin() {
        return admin;
    }

    /** Makes a topic. Broker {@code p} leads partition {@code p}; up to 3 brokers keep each partition. */
    public void newTopic(String name, int partitions) {
        Map<Integer, List<Integer>> replicas = new HashMap<>();
        int brokers = proxies.size();
        for (int p = 0; p < partitions; p++) {
            int leader = p % brokers;
            replicas.put(
                    p,
                    IntStream.range(0, Math.min(REPLICAS, brokers))
                            .mapToObj(i -> (leader + i) % brokers)
                            .toList());
        }
        await(admin.createTopics(List.of(new NewTopic(name, replicas)))
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    /** Writes a number to {@code partition} and waits until Kafka has it. */
    public void write(String topic, int partition, int number) {
        await(producer.send(new ProducerRecord<>(topic, partition, "m-" + partition, Integer.toString(number))));
    }

    private static void await(Future<?> done) {
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not do what the test asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a test waited for Kafka", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        proxies.forEach(TcpProxy::heal);
        kafka.close();
        proxies.forEach(TcpProxy::close);
    }
}
