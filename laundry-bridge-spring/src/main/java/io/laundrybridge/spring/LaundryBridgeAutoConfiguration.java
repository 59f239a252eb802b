package io.laundrybridge.spring;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.laundrybridge.Bridge;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.host.Telemetry;
import jakarta.websocket.server.ServerContainer;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Runs the channels that {@code laundry-bridge.*} properties name, in a servlet application with
 * {@code laundry-bridge.path} (other than {@code false}).
 *
 * <p>The keys are those of every host and come from Spring's environment. Kafka's address and security are the
 * application's own {@code spring.kafka.*}, with service connections and SSL bundles. They come from the single (or
 * primary) {@link ConsumerFactory}, without what the bridge owns, such as the group, and without {@code client.id}.
 * {@code laundry-bridge.kafka.*} overrides them.
 *
 * <p>Its own servlet serves the browser client at {@code /laundry-bridge/} below the context path, so that no setting
 * of Spring MVC moves or hides it. In an application context without a web server, as in tests with a mock one, the
 * bridge is present but does not start.
 *
 * <p>The bridge starts after the web server listens and stops before the web server does. So every session receives
 * {@code bye} and is closed with 1012. The user of a session is the principal of its handshake request: secure the path
 * like any other. A {@link Telemetry} bean receives the meters; with Micrometer there is one. A {@link LaundryBridge}
 * bean of the application's own replaces the one that is built from properties.
 */
@AutoConfiguration(after = {KafkaAutoConfiguration.class, LaundryBridgeMetricsAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(ServerContainer.class)
@ConditionalOnProperty(LaundryBridgeAutoConfiguration.PATH_KEY)
public final class LaundryBridgeAutoConfiguration {
    /** The key of {@link io.laundrybridge.config.BridgeSettings#PATH}; annotations take constants only. */
    static final String PATH_KEY = "laundry-bridge.path";

    /** Called by Spring. */
    LaundryBridgeAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    LaundryBridge laundryBridge(
            ConfigurableEnvironment environment,
            ObjectProvider<ConsumerFactory<?, ?>> consumers,
            ConfigurableListableBeanFactory beans) {
        Map<String, String> settings = new EnvironmentSettings(environment).read();
        LaundryBridgeBuilder builder = LaundryBridge.builder().kafka(SpringKafka.clientProperties(consumers, settings));
        new ApplicationBeans(beans).addTo(builder, settings);
        return builder.build();
    }

    /** All bridges by the names of their channels. */
    @Bean
    @ConditionalOnMissingBean(name = "laundryBridges")
    Map<String, Bridge> laundryBridges(LaundryBridge bridge) {
        return bridge.bridges().stream().collect(toUnmodifiableMap(Bridge::name, identity()));
    }

    @Bean
    LaundryBridgeLifecycle laundryBridgeLifecycle(LaundryBridge bridge, ApplicationContext context) {
        return new LaundryBridgeLifecycle(bridge, EndpointRegistration.listens(context));
    }

    @Bean
    EndpointRegistration laundryBridgeEndpoint(
            LaundryBridge bridge, ConfigurableEnvironment environment, ApplicationContext context) {
        return new EndpointRegistration(bridge.sink(), new EnvironmentSettings(environment).stamps(), context);
    }

    @Bean
    HttpSessionEnds laundryBridgeHttpSessionEnds(ObjectProvider<LaundryBridge> bridge) {
        return new HttpSessionEnds(bridge);
    }

    /** Of its own, because it is read before the bean that it must not count. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(LaundryBridge.class)
    @Import(BridgeBeans.class)
    static class Bridges {}
}
