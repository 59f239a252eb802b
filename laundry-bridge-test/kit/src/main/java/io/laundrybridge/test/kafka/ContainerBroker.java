package io.laundrybridge.test.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.producer.Producer;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A broker in a container, of the clients' own version. An outage is a pause, because a restart would lose port and
 * data: clients keep their connections and get no answer.
 */
final class ContainerBroker implements TestBroker {

    private final KafkaContainer container = new KafkaContainer("apache/kafka:" + clientsVersion())
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");

    ContainerBroker() {
        try {
            container.start();
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
    }

    private static String clientsVersion() {
        var found = new Properties();
        try (var file = Producer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            found.load(Objects.requireNonNull(file, "kafka-clients names no version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.getProperty("version");
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void stop() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void start() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void close() {
        container.close();
    }
}
