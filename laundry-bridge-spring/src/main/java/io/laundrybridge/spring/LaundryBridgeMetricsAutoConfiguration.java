package io.laundrybridge.spring;

import io.laundrybridge.host.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Connects the bridge's meters to Micrometer, if the application has a {@link MeterRegistry}. */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class LaundryBridgeMetricsAutoConfiguration {

    /** Called by Spring. */
    LaundryBridgeMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(Telemetry.class)
    MicrometerTelemetry laundryBridgeTelemetry(MeterRegistry registry) {
        return new MicrometerTelemetry(registry);
    }
}
