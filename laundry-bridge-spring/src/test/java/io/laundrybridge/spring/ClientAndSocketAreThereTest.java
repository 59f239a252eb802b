package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.host.HostUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;

/** The client file and the socket work, whatever an application does with Spring MVC. */
class ClientAndSocketAreThereTest {

    static Stream<Arguments> applications() {
        return Stream.of(
                Arguments.of("", Map.of(), Nothing.class),
                Arguments.of("", Map.of(), WithEnableWebMvc.class),
                Arguments.of("", Map.of(), WithSupport.class),
                Arguments.of("", Map.of(), WithControllersForAll.class),
                Arguments.of("", Map.of("spring.web.resources.add-mappings", "false"), Nothing.class),
                Arguments.of("", Map.of("spring.web.resources.static-locations", "classpath:/x/"), Nothing.class),
                Arguments.of("", Map.of("spring.mvc.static-path-pattern", "/static/**"), Nothing.class),
                Arguments.of("", Map.of("spring.mvc.servlet.path", "/api"), Nothing.class),
                Arguments.of("/shop", Map.of("server.servlet.context-path", "/shop"), Nothing.class),
                Arguments.of(
                        "/shop",
                        Map.of("server.servlet.context-path", "/shop", "spring.mvc.servlet.path", "/api"),
                        WithEnableWebMvc.class),
                Arguments.of("", Map.of("spring.main.lazy-initialization", "true"), Nothing.class));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void belowItsContextPath(String context, Map<String, String> properties, Class<?> configuration) throws Exception {
        Map<String, String> all = new HashMap<>(properties);
        all.put("laundry-bridge.path", "/laundry");
        all.put("laundry-bridge.channels.machines.topic", "laundry.machine-log");
        all.put("laundry-bridge.channels.machines.access", "anonymous");
        all.put("spring.kafka.bootstrap-servers", LaundryApplication.NO_KAFKA);
        try (HostUnderTest host = LaundryApplication.underTest(LaundryApplication.run(all, configuration))) {
            HttpResponse<String> module = get(host, context + "/laundry-bridge/laundry-bridge.js");
            assertThat(module.statusCode()).isEqualTo(200);
            assertThat(module.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript"));
            assertThat(welcome(host, context + "/laundry")).contains("\"op\":\"welcome\"");
        }
    }

    private static HttpResponse<String> get(HostUnderTest host, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + host.port() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String welcome(HostUnderTest host, String path) {
        try (RawWsClient client = RawWsClient.to(host.wsUri(path))
                .header("Origin", "http://127.0.0.1:" + host.port())
                .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                .connect()) {
            return client.readFrame().text();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    static class WithEnableWebMvc {}

    @Configuration(proxyBeanMethods = false)
    static class WithSupport extends WebMvcConfigurationSupport {}

    @RestController
    static class WithControllersForAll {

        @GetMapping("/{first}/{second}")
        String two(@PathVariable String first, @PathVariable String second) {
            return first + second;
        }

        @GetMapping("/**")
        String all() {
            return "all";
        }
    }
}
