package io.laundrybridge.test.kafka;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** Chooses the kind of broker for the tests of this JVM. */
enum KafkaChoice {
    AUTO("auto"),
    IN_PROCESS("in-process"),
    CONTAINER("container");

    private static final String PROPERTY = "test.kafka";
    private static final Logger log = LoggerFactory.getLogger(KafkaChoice.class);
    private static KafkaChoice current = named(System.getProperty(PROPERTY, AUTO.word));

    private final String word;

    KafkaChoice(String word) {
        this.word = word;
    }

    /** Starts a broker; the first start decides for good if the kind is not set. */
    static synchronized TestKafka startBroker() {
        return switch (current) {
            case IN_PROCESS -> ClientTestKafka.of(new InProcessBroker());
            case CONTAINER -> ClientTestKafka.of(new ContainerBroker());
            case AUTO -> startWhatWorks();
        };
    }

    private static TestKafka startWhatWorks() {
        if (engineAnswers()) {
            try {
                var kafka = ClientTestKafka.of(new ContainerBroker());
                current = CONTAINER;
                return kafka;
            } catch (RuntimeException e) {
                log.warn("No Kafka container could be started, so the tests use a broker in this JVM", e);
            }
        }
        current = IN_PROCESS;
        return ClientTestKafka.of(new InProcessBroker());
    }

    private static boolean engineAnswers() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException | NoClassDefFoundError e) {
            log.debug("No container engine, or Testcontainers is not on the class path", e);
            return false;
        }
    }

    private static KafkaChoice named(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Found " + PROPERTY + "=" + word + ", expected auto, in-process or container"));
    }
}
