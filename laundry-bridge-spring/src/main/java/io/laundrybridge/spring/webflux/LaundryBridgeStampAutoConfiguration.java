package io.laundrybridge.spring.webflux;

import static io.laundrybridge.config.BridgeSettings.STAMP_PATHS;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.config.Settings;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * Stamps the responses of a WebFlux application that has a {@link LaundryBridge} bean, if
 * {@code laundry-bridge.stamp.channels} names channels. WebFlux has no {@code jakarta.websocket}, so the bean is the
 * application's own, and so is its start. Pages connect to another server with the same channels.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({WebFilter.class, Mono.class})
@ConditionalOnBean(LaundryBridge.class)
@ConditionalOnProperty(LaundryBridgeStampAutoConfiguration.CHANNELS_KEY)
public final class LaundryBridgeStampAutoConfiguration {
    /** The key of {@link io.laundrybridge.config.BridgeSettings#STAMP_CHANNELS}; annotations take constants only. */
    static final String CHANNELS_KEY = "laundry-bridge.stamp.channels";

    /** Called by Spring. */
    LaundryBridgeStampAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    StampWebFilter laundryBridgeStamps(LaundryBridge bridge, ConfigurableEnvironment environment) {
        Binder binder = Binder.get(environment);
        Bindable<List<String>> list = Bindable.listOf(String.class);
        List<String> channels = binder.bind(CHANNELS_KEY, list).orElse(List.of());
        List<String> paths = binder.bind(STAMP_PATHS.key(), list)
                .orElseGet(() -> Settings.none().get(STAMP_PATHS));
        return new StampWebFilter(bridge.sink().stamps(channels), paths);
    }
}
