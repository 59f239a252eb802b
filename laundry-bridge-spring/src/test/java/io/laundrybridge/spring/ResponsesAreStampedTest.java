package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.spring.security.LaundryBridgeSecurityAutoConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Real Boot applications of both kinds stamp their responses by setting: with the position before the handler ran. */
class ResponsesAreStampedTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String STAMP = "machines=[A-Za-z0-9_-]+\\.[a-z0-9]+:0@";

    /** Publishes a record while it handles a call, and waits until the channel has it. */
    private static String publish(InMemorySource source) {
        return String.valueOf(source.publish("m-1", "{}").offset());
    }

    private static LaundryBridge bridge(InMemorySource source) {
        return LaundryBridge.builder()
                .settings(Map.of(
                        "laundry-bridge.path", "/laundry",
                        "laundry-bridge.channels.machines.access", "anonymous"))
                .source("machines", source)
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class Machines {
        @Bean
        InMemorySource source() {
            return InMemorySource.named("machine-log", 1, 10_000, Runnable::run);
        }

        @Bean(destroyMethod = "close")
        LaundryBridge bridge(InMemorySource source) {
            return ResponsesAreStampedTest.bridge(source);
        }
    }

    @RestController
    static class Servlets {
        private final InMemorySource source;

        Servlets(InMemorySource source) {
            this.source = source;
        }

        @GetMapping("/api/machines")
        String machines() {
            return publish(source);
        }

        @GetMapping("/api/later")
        CompletableFuture<String> later() {
            return CompletableFuture.supplyAsync(
                    () -> publish(source), CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
        }

        @GetMapping("/other")
        String other() {
            return "";
        }
    }

    @RestController
    static class Reactive {
        private final InMemorySource source;

        Reactive(InMemorySource source) {
            this.source = source;
        }

        @GetMapping("/api/machines")
        Mono<String> machines() {
            return Mono.fromSupplier(() -> publish(source));
        }

        @GetMapping("/api/later")
        Mono<String> later() {
            return Mono.delay(Duration.ofMillis(50)).map(tick -> publish(source));
        }

        @GetMapping("/other")
        Mono<String> other() {
            return Mono.just("");
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.actuate.web.reactive."
                        + "ReactiveManagementWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
                "org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration"
            },
            exclude = LaundryBridgeSecurityAutoConfiguration.class)
    @Import({Machines.class, Reactive.class})
    static class ReactiveApplication {}

    @Test
    void inAServletApplication() throws Exception {
        Map<String, String> properties = new TreeMap<>(stamping());
        properties.put("laundry-bridge.path", "/laundry");
        properties.put(
                "spring.autoconfigure.exclude",
                "org.springframework.boot.jetty.autoconfigure.servlet." + "JettyServletWebServerAutoConfiguration");
        try (ConfigurableApplicationContext context =
                LaundryApplication.run(properties, Machines.class, Servlets.class)) {
            context.getBean(LaundryBridge.class).bridge("machines").awaitLive(Duration.ofSeconds(10));
            areStamped(context);
        }
    }

    @Test
    void inAWebFluxApplication() throws Exception {
        Map<String, Object> properties = new TreeMap<>(stamping());
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ReactiveApplication.class)
                .web(WebApplicationType.REACTIVE)
                .run(properties.entrySet().stream()
                        .map(each -> "--" + each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new))) {
            LaundryBridge bridge = context.getBean(LaundryBridge.class);
            bridge.start();
            bridge.bridge("machines").awaitLive(Duration.ofSeconds(10));
            areStamped(context);
        }
    }

    private static Map<String, String> stamping() {
        return Map.of("laundry-bridge.stamp.channels", "machines", "laundry-bridge.stamp.paths", "/api/*");
    }

    private static void areStamped(ConfigurableApplicationContext context) throws Exception {
        for (String path : new String[] {"/api/machines", "/api/later", "/api/machines"}) {
            HttpResponse<String> response = get(context, path);
            assertThat(response.headers().allValues("Laundry-Bridge-At"))
                    .as(path)
                    .singleElement()
                    .asString()
                    .matches(STAMP + response.body());
        }
        assertThat(get(context, "/other").headers().firstValue("Laundry-Bridge-At"))
                .isEmpty();
        assertThat(get(context, "/api/nothing").headers().firstValue("Laundry-Bridge-At"))
                .isPresent();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
            throws IOException, InterruptedException {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path).isEqualTo(path.endsWith("nothing") ? 404 : 200);
        return response;
    }
}
