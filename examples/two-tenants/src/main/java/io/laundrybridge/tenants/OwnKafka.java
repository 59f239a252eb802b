package io.laundrybridge.tenants;

import io.laundrybridge.kafka.inprocess.InProcessKafka;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Starts a Kafka in this process, unless {@code spring.kafka.bootstrap-servers} names one. */
final class OwnKafka implements ApplicationContextInitializer<GenericApplicationContext> {
    private static final String ADDRESS = "spring.kafka.bootstrap-servers";

    @Override
    public void initialize(GenericApplicationContext context) {
        if (context.getEnvironment().containsProperty(ADDRESS)) {
            return;
        }
        InProcessKafka kafka = InProcessKafka.start();
        context.registerBean("kafka", InProcessKafka.class, () -> kafka); // closed with the context
        context.getEnvironment()
                .getPropertySources()
                .addLast(new MapPropertySource("own Kafka", Map.of(ADDRESS, kafka.bootstrapServers())));
    }
}
