package io.laundrybridge.test.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.test.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker with a producer and an admin client beside it. */
final class ClientTestKafka implements TestKafka {

    private static final Duration BUDGET = Duration.ofSeconds(60);
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final TestBroker broker;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;

    private ClientTestKafka(TestBroker broker) {
        this.broker = broker;
        var quickToReturn = Map.<String, Object>of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "reconnect.backoff.max.ms",
                200,
                "client.id",
                "test-kit");
        admin = Admin.create(quickToReturn);
        producer = new KafkaProducer<>(quickToReturn, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static TestKafka of(TestBroker broker) {
        return new ClientTestKafka(broker);
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public String newTopic(int partitions, Map<String, String> settings) {
        String name = "laundry." + TOPICS.incrementAndGet();
        short replicas = 1;
        var topic = new NewTopic(name, partitions, replicas).configs(settings);
        await("create " + name, admin.createTopics(List.of(topic)).all());
        Await.until("leaders of " + name, BUDGET, () -> leaders(name) == partitions);
        return name;
    }

    private long leaders(String topic) throws InterruptedException, TimeoutException {
        try {
            var descriptions =
                    admin.describeTopics(List.of(topic)).allTopicNames().get(10, TimeUnit.SECONDS);
            return descriptions.values().stream()
                    .flatMap(description -> description.partitions().stream())
                    .filter(partition -> partition.leader() != null)
                    .count();
        } catch (ExecutionException e) {
            return 0; // the broker does not know the topic yet
        }
    }

    @Override
    public RecordMetadata produce(String topic, @Nullable String key, @Nullable String value) {
        return produce(new ProducerRecord<>(topic, bytes(key), bytes(value)));
    }

    @SuppressWarnings("NullAway") // Kafka takes records without key or value, its signature does not say so.
    private static byte[] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    @Override
    public RecordMetadata produce(ProducerRecord<byte[], byte[]> record) {
        return await("produce to " + record.topic(), producer.send(record));
    }

    @Override
    public Admin admin() {
        return admin;
    }

    @Override
    public void stop() {
        broker.stop();
    }

    @Override
    public void start() {
        broker.start();
    }

    /** at once, because a broker that is paused or gone answers no goodbye */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        broker.close();
    }

    private static <T> T await(String what, Future<T> answer) {
        try {
            return answer.get(BUDGET.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka could not " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before Kafka could " + what, e);
        }
    }
}
