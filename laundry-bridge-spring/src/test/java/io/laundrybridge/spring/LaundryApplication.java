package io.laundrybridge.spring;

import io.laundrybridge.test.host.HostUnderTest;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A Boot application without code of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class LaundryApplication {

    /** Nothing listens at this port. */
    static final String NO_KAFKA = "127.0.0.1:1";

    /** Starts it on a free port of 127.0.0.1, with further configuration classes. */
    static ConfigurableApplicationContext run(Map<String, String> properties, Class<?>... more) {
        Map<String, String> all = new TreeMap<>(properties);
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.put("spring.main.banner-mode", "off");
        String[] arguments = all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(LaundryApplication.class)
                .sources(more)
                .run(arguments);
    }

    static HostUnderTest underTest(ConfigurableApplicationContext context) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new HostUnderTest(port, context::close);
    }
}
