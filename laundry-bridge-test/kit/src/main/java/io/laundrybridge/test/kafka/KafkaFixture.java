package io.laundrybridge.test.kafka;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a {@link TestKafka} to the tests, constructors and life cycle methods that ask for one: a broker that starts
 * with the first of them, is shared by all of this JVM, and stops with the last. Such tests have the tag {@code kafka}.
 *
 * <p>The broker is a container if a container engine answers, else it runs in this JVM; the system property {@code
 * test.kafka} chooses: {@code auto}, {@code container} or {@code in-process}.
 */
public final class KafkaFixture implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(KafkaFixture.class);

    /** Starts a broker of the test's own, to be stopped, started and closed by it. */
    public static TestKafka privateBroker() {
        return KafkaChoice.startBroker();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestKafka.class;
    }

    @Override
    public TestKafka resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, key -> new Shared(privateBroker()), Shared.class)
                .kafka();
    }

    /** Closed by the root store after the last test. */
    private record Shared(TestKafka broker) implements AutoCloseable {

        TestKafka kafka() {
            return new SharedTestKafka(broker);
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
