package io.laundrybridge.spring;

import static io.laundrybridge.config.BridgeSettings.PATH;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/**
 * Logs in one line that the bridge is off and why, in an application that has its settings but not its servlet stack.
 */
@AutoConfiguration(after = LaundryBridgeAutoConfiguration.class)
@ConditionalOnProperty(LaundryBridgeAutoConfiguration.PATH_KEY)
@ConditionalOnMissingBean(LaundryBridgeLifecycle.class)
public final class BridgeIsOffAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeIsOffAutoConfiguration.class);

    /** Called by Spring. */
    BridgeIsOffAutoConfiguration() {}

    @Bean
    InitializingBean laundryBridgeIsOff(ApplicationContext context) {
        return () -> LOG.warn("{} is set, but Laundry Bridge is off: {}", PATH, reason(context.getClassLoader()));
    }

    private static String reason(@Nullable ClassLoader loader) {
        if (!ClassUtils.isPresent("jakarta.servlet.ServletContext", loader)
                || !ClassUtils.isPresent("jakarta.websocket.server.ServerContainer", loader)) {
            return "it needs the servlet stack with WebSockets; add spring-boot-starter-websocket";
        }
        return "the application has no servlet web server; set spring.main.web-application-type=servlet, or " + PATH
                + "=false";
    }
}
