package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.ResolvableType;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

class SpringKafkaTest {
    private static final String[] SETTINGS = {
        "laundry-bridge.path=/laundry",
        "laundry-bridge.channels.machines.topic=laundry.machine-log",
        "laundry-bridge.channels.machines.access=anonymous",
        "spring.kafka.bootstrap-servers=" + LaundryApplication.NO_KAFKA
    };

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(KafkaAutoConfiguration.class, LaundryBridgeAutoConfiguration.class))
            .withPropertyValues(SETTINGS);

    @Test
    void securityAndTuningComeFromTheApplication() {
        web.withPropertyValues(
                        "spring.kafka.security.protocol=SASL_SSL",
                        "spring.kafka.properties[sasl.mechanism]=PLAIN",
                        "spring.kafka.consumer.fetch-min-size=2KB")
                .run(context -> {
                    Map<String, Object> properties = SpringKafka.clientProperties(
                            context.getBeanProvider(ResolvableType.forClassWithGenerics(
                                    ConsumerFactory.class, Object.class, Object.class)),
                            Map.of());
                    assertThat(properties)
                            .containsEntry("security.protocol", "SASL_SSL")
                            .containsEntry("sasl.mechanism", "PLAIN")
                            .containsKeys("bootstrap.servers", "fetch.min.bytes");
                });
    }

    @Test
    void propertiesThatTheBridgeSetsAreLeftOut() {
        web.withPropertyValues(
                        "spring.kafka.consumer.group-id=billing",
                        "spring.kafka.client-id=billing",
                        "spring.kafka.consumer.auto-offset-reset=earliest",
                        "spring.kafka.consumer.enable-auto-commit=true",
                        "spring.kafka.consumer.isolation-level=read-uncommitted")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void severalFactoriesWithoutAPrimaryOneAreRefused() {
        withTwoFactories()
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(HostException.class, refusal -> {
                            assertThat(refusal).hasMessageContaining("2 ConsumerFactory beans");
                            assertThat(refusal.cure()).contains("@Primary", "laundry-bridge.kafka.bootstrap.servers");
                        }));
    }

    @Test
    void severalFactoriesDoNotMatterWhereTheBridgeHasAnAddressOfItsOwn() {
        withTwoFactories()
                .withPropertyValues("laundry-bridge.kafka.bootstrap.servers=" + LaundryApplication.NO_KAFKA)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(LaundryBridge.class));
    }

    private static WebApplicationContextRunner withTwoFactories() {
        return new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LaundryBridgeAutoConfiguration.class))
                .withPropertyValues(SETTINGS)
                .withBean("first", ConsumerFactory.class, SpringKafkaTest::factory)
                .withBean("second", ConsumerFactory.class, SpringKafkaTest::factory);
    }

    private static ConsumerFactory<?, ?> factory() {
        return new DefaultKafkaConsumerFactory<>(Map.of("bootstrap.servers", LaundryApplication.NO_KAFKA));
    }
}
