package io.laundrybridge.spring.health;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.laundrybridge.Bridge;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.spring.LaundryBridgeAutoConfiguration;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Reports the health of every channel below {@code laundryBridge}, and makes it part of the group {@code readiness}.
 * {@code management.health.laundry-bridge.enabled=false} switches it off. An application that lists the members of that
 * group itself ({@code management.endpoint.health.group.readiness.include}) decides alone.
 */
@AutoConfiguration(
        after = LaundryBridgeAutoConfiguration.class,
        afterName =
                "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(LaundryBridge.class)
@ConditionalOnEnabledHealthIndicator("laundry-bridge")
public final class LaundryBridgeHealthAutoConfiguration {
    private static final String CONTRIBUTOR = "laundryBridge";
    private static final String READINESS = "management.endpoint.health.group.readiness.include";

    /** Called by Spring. */
    LaundryBridgeHealthAutoConfiguration() {}

    /** Named so that Boot shows it as {@code laundryBridge}. */
    @Bean
    @ConditionalOnMissingBean(name = "laundryBridgeHealthContributor")
    CompositeHealthContributor laundryBridgeHealthContributor(LaundryBridge laundry) {
        return CompositeHealthContributor.fromMap(
                laundry.bridges().stream().collect(toMap(Bridge::name, identity())), ChannelHealthIndicator::new);
    }

    /** Of its own, because the groups need the actuator's endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthEndpointGroups.class, AdditionalPathsMapper.class})
    static class Readiness {

        /** Runs after Boot's own, which makes the group and has the same order. */
        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        HealthEndpointGroupsPostProcessor laundryBridgeReadiness(Environment environment) {
            boolean decided =
                    environment.containsProperty(READINESS) || environment.containsProperty(READINESS + "[0]");
            return groups -> decided ? groups : new ReadinessWithChannels(groups, CONTRIBUTOR);
        }
    }
}
