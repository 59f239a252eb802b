package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.host.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class ConditionsTest {
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            KafkaAutoConfiguration.class,
            LaundryBridgeMetricsAutoConfiguration.class,
            LaundryBridgeAutoConfiguration.class,
            BridgeIsOffAutoConfiguration.class);
    private static final String[] SETTINGS = {
        "laundry-bridge.path=/laundry",
        "laundry-bridge.channels.machines.topic=laundry.machine-log",
        "laundry-bridge.channels.machines.access=authenticated",
        "spring.kafka.bootstrap-servers=" + LaundryApplication.NO_KAFKA
    };

    private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL);

    @Test
    void threePropertiesMakeABridge() {
        web.withPropertyValues(SETTINGS).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(LaundryBridge.class);
            assertThat(context.getBean(LaundryBridge.class).bridges())
                    .extracting(bridge -> bridge.name())
                    .containsExactly("machines");
        });
    }

    @Test
    void withoutAPathNothingHappens() {
        web.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LaundryBridge.class));
    }

    @Test
    void aPathOfFalseSwitchesItOff() {
        web.withPropertyValues(SETTINGS)
                .withPropertyValues("laundry-bridge.path=false")
                .run(context -> assertThat(context).doesNotHaveBean(LaundryBridge.class));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anApplicationWithoutAServletStackLogsOnceThatTheBridgeIsOffAndWhy(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues(SETTINGS)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LaundryBridge.class));
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues(SETTINGS)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LaundryBridge.class));
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues(SETTINGS)
                .withClassLoader(new FilteredClassLoader("jakarta.servlet"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LaundryBridge.class));
        assertThat(output.getOut().lines().filter(line -> line.contains("Laundry Bridge is off")))
                .hasSize(3)
                .allMatch(line -> line.contains("WARN"))
                .anyMatch(line -> line.contains("add spring-boot-starter-websocket"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anApplicationThatDoesNotWantTheBridgeGetsNoLogLine(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues("laundry-bridge.path=false")
                .run(context -> assertThat(context).hasNotFailed());
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("Laundry Bridge");
    }

    @Test
    void aBridgeOfTheApplicationsOwnComesFirst() {
        LaundryBridge own = LaundryBridge.builder()
                .settings(Map.of("laundry-bridge.path", "/own", "laundry-bridge.channels.own.topic", "own"))
                .kafka(Map.of("bootstrap.servers", LaundryApplication.NO_KAFKA))
                .build();
        web.withPropertyValues(SETTINGS)
                .withBean(LaundryBridge.class, () -> own)
                .run(context -> assertThat(context).getBean(LaundryBridge.class).isSameAs(own));
    }

    @Test
    void metersGoToMicrometerWhereItIs() {
        web.withPropertyValues(SETTINGS)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context).hasSingleBean(MicrometerTelemetry.class));
    }

    @Test
    void aTelemetryOfTheApplicationsOwnComesFirst() {
        web.withPropertyValues(SETTINGS)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Telemetry.class, () -> Telemetry.NONE)
                .run(context -> assertThat(context).doesNotHaveBean(MicrometerTelemetry.class));
    }

    @Test
    void micrometerMayBeMissing() {
        web.withPropertyValues(SETTINGS)
                .withClassLoader(new FilteredClassLoader(MeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(LaundryBridge.class)
                        .doesNotHaveBean(Telemetry.class));
    }
}
