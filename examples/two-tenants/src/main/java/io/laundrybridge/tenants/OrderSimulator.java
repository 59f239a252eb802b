package io.laundrybridge.tenants;

import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Orders of both tenants that go through the laundry. */
@Component
class OrderSimulator {
    static final String TOPIC = "laundry.orders";

    private static final int ORDERS = 8;
    private static final List<String> TENANTS = List.of("north", "south");
    private static final List<String> ITEMS = List.of("sheets", "towels", "aprons", "tablecloths");
    private static final List<String> STATES = List.of("received", "washing", "drying", "ironing", "ready");

    private final KafkaTemplate<String, String> kafka;
    private final Random random = new Random(1);

    OrderSimulator(KafkaTemplate<String, String> kafka) {
        this.kafka = kafka;
    }

    /** Made by Spring when the application starts. */
    @Bean
    static NewTopic orderTopic() {
        return TopicBuilder.name(TOPIC).partitions(4).compact().build();
    }

    @Scheduled(fixedRate = 250)
    void work() {
        for (String tenant : TENANTS) {
            int number = 1 + random.nextInt(ORDERS);
            String order = "{\"tenant\":\"%s\",\"item\":\"%s\",\"state\":\"%s\"}"
                    .formatted(tenant, ITEMS.get(number % ITEMS.size()), STATES.get(random.nextInt(STATES.size())));
            var unused = kafka.send(TOPIC, tenant + "-" + number, order);
        }
    }
}
