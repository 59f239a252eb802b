package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.host.HostUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoints of the actuator, as a load balancer and an operator ask them. */
class ReadinessFollowsTheChannelsTest {
    private static final Map<String, String> LIVE = Map.of("laundry-bridge.channels.ticks.access", "anonymous");
    private static final Map<String, String> NOT_LIVE = Map.of(
            "laundry-bridge.channels.ticks.access", "anonymous",
            "laundry-bridge.channels.machines.topic", "laundry.machine-log",
            "laundry-bridge.channels.machines.access", "anonymous");

    @Test
    void anApplicationWhoseChannelsAreLiveIsReady() throws Exception {
        try (HostUnderTest host = start(LIVE)) {
            Await.until(
                    "the channel is live",
                    Duration.ofSeconds(20),
                    () -> get(host, "/actuator/health/readiness").statusCode() == 200);
            assertThat(get(host, "/actuator/health").body())
                    .contains("\"laundryBridge\":{", "\"ticks\":{", "\"state\":\"LIVE\"", "\"since\":\"20");
        }
    }

    @Test
    void anApplicationIsNotReadyBeforeItsChannelsAre() throws Exception {
        try (HostUnderTest host = start(NOT_LIVE)) {
            assertThat(get(host, "/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(get(host, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(host, "/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(get(host, "/actuator/health/laundryBridge/ticks").statusCode())
                    .isEqualTo(200);
            assertThat(get(host, "/actuator/health/laundryBridge/machines").body())
                    .contains("OUT_OF_SERVICE", "\"state\":\"STARTING\"");
            Await.until(
                    "the reason is told",
                    Duration.ofSeconds(20),
                    () -> get(host, "/actuator/health/laundryBridge/machines")
                            .body()
                            .contains("\"reason\":\"Kafka"));
        }
    }

    @Test
    void anApplicationThatListsTheMembersDecidesAlone() throws Exception {
        Map<String, String> listed = new HashMap<>(NOT_LIVE);
        listed.put("management.endpoint.health.group.readiness.include", "readinessState");
        try (HostUnderTest host = start(listed)) {
            assertThat(get(host, "/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(get(host, "/actuator/health").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void oneChannelMayBeListedByItsPath() throws Exception {
        Map<String, String> listed = new HashMap<>(NOT_LIVE);
        listed.put("management.endpoint.health.group.readiness.include", "readinessState,laundryBridge/ticks");
        try (HostUnderTest host = start(listed)) {
            Await.until(
                    "the channel is live",
                    Duration.ofSeconds(20),
                    () -> get(host, "/actuator/health/readiness").statusCode() == 200);
        }
    }

    @Test
    void healthMayBeSwitchedOff() throws Exception {
        Map<String, String> off = new HashMap<>(NOT_LIVE);
        off.put("management.health.laundry-bridge.enabled", "false");
        try (HostUnderTest host = start(off)) {
            assertThat(get(host, "/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(get(host, "/actuator/health").body()).doesNotContain("laundryBridge");
        }
    }

    private static HostUnderTest start(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("laundry-bridge.path", "/laundry");
        all.put("spring.kafka.bootstrap-servers", LaundryApplication.NO_KAFKA);
        all.put("management.endpoint.health.show-details", "always");
        all.put("management.endpoint.health.probes.add-additional-paths", "true");
        ConfigurableApplicationContext context = LaundryApplication.run(all, Ticks.class);
        assertThat(context.getBean(LaundryBridge.class).bridges()).isNotEmpty();
        return LaundryApplication.underTest(context);
    }

    private static HttpResponse<String> get(HostUnderTest host, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + host.port() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    static class Ticks {

        @Bean
        EventSource ticks() {
            return InMemorySource.named("ticks");
        }
    }
}
