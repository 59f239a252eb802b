package io.laundrybridge.spring;

import io.laundrybridge.spring.security.LaundryBridgeSecurityAutoConfiguration;
import io.laundrybridge.test.host.HostUnderTest;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A Boot application without code of its own, and without Spring Security. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            SecurityAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class,
            SecurityFilterAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class,
            LaundryBridgeSecurityAutoConfiguration.class
        })
class LaundryApplication {

    /** Nothing listens at this port. */
    static final String NO_KAFKA = "127.0.0.1:1";

    /** What an application with Jetty excludes, because the tests have both on their class path. */
    static final String TOMCAT = TomcatServletWebServerAutoConfiguration.class.getName();

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
