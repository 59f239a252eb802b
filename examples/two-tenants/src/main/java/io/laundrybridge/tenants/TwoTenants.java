package io.laundrybridge.tenants;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the application on port 8080. */
@SpringBootApplication
@EnableScheduling
public class TwoTenants {

    private static final Logger LOG = LoggerFactory.getLogger(TwoTenants.class);

    public static void main(String... arguments) {
        Environment running = start(arguments).getEnvironment();
        LOG.info("Open http://127.0.0.1:{}/", running.getProperty("local.server.port"));
    }

    /**
     * Starts the application; closing the context stops it.
     *
     * @param arguments arguments of the command line, such as {@code --server.port=9000}
     */
    public static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(TwoTenants.class)
                .initializers(new OwnKafka())
                .run(arguments);
    }
}
