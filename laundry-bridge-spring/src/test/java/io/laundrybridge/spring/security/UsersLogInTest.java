package io.laundrybridge.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.spring.ForChannel;
import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.host.HostUnderTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Pages with a token, programs with a token and users with a password, in applications with Spring Security. */
@ExtendWith(OutputCaptureExtension.class)
class UsersLogInTest {
    private static final Set<String> LOCKED = ConcurrentHashMap.newKeySet();
    private static Tokens tokens;

    @BeforeAll
    static void publishKeys() throws Exception {
        tokens = new Tokens();
    }

    @AfterAll
    static void stop() {
        tokens.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void aPageWithATokenReadsTheRowsOfItsTenant(String server, CapturedOutput output) throws Exception {
        String token = tokens.of("anna");
        try (HostUnderTest host = start(server, PagesWithTokens.class, tokens.properties());
                RawWsClient page = connect(host, null)) {
            assertThat(page.readFrame().text()).contains("\"auth\":\"required\"");
            page.sendText("{\"op\":\"auth\",\"id\":1,\"token\":\"" + token + "\"}");
            assertThat(line(page, "\"id\":1")).contains("\"op\":\"authenticated\"", "\"expires\":1");
            assertThat(rows(page)).contains("\"o-1\"").doesNotContain("o-2", "globex");
            assertThat(answer(page, "scoped")).contains("subscribed");
            assertThat(answer(page, "staff")).contains("forbidden");
        }
        assertThat(output.getAll()).doesNotContain(token, token.substring(token.lastIndexOf('.') + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void aProgramLogsInByItsHandshakeAlsoBehindTheFilterOfSpringSecurity(String server) throws Exception {
        for (Class<?> security : List.of(PagesWithTokens.class, HandshakesWithTokens.class)) {
            try (HostUnderTest host = start(server, security, tokens.properties());
                    RawWsClient program = connect(host, "Bearer " + tokens.of("anna"))) {
                assertThat(program.readFrame().text()).contains("\"expires\":1");
                assertThat(rows(program)).contains("\"o-1\"").doesNotContain("o-2", "globex");
                assertThat(answer(program, "scoped")).contains("subscribed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void aBadTokenIsClosedWith4401AndAnotherUsersWith4403(String server, CapturedOutput output) throws Exception {
        String expired = tokens.with(
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(600))));
        try (HostUnderTest host = start(server, PagesWithTokens.class, tokens.properties())) {
            assertThat(closeOf(host, expired)).isEqualTo(4401);
            assertThat(closeOf(host, tokens.unsigned())).isEqualTo(4401);
            assertThat(closeOf(host, tokens.of("anna"), tokens.of("otto"))).isEqualTo(4403);
        }
        assertThat(output.getAll()).contains("Jwt expired at").doesNotContain(expired);
    }

    @Test
    void rightsThatARenewedTokenLacksAreTakenFromTheOpenPage() throws Exception {
        try (HostUnderTest host = start("tomcat", PagesWithTokens.class, tokens.properties());
                RawWsClient page = connect(host, null)) {
            page.sendText("{\"op\":\"auth\",\"id\":1,\"token\":\"" + tokens.of("anna") + "\"}");
            assertThat(rows(page)).contains("\"o-1\"");
            assertThat(answer(page, "scoped")).contains("subscribed");
            String less = tokens.with(claims -> claims.claim("scope", "").claim("tenant", "globex"));
            page.sendText("{\"op\":\"auth\",\"id\":3,\"token\":\"" + less + "\"}");
            String after = until(page, "\"op\":\"unsubscribed\"", "\"op\":\"reset\"");
            assertThat(after).contains("\"ch\":\"scoped\",\"reason\":\"forbidden\"", "\"reason\":\"access\"");
            assertThat(after).doesNotContain("acme");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void aUserOfAPasswordHasRolesWithAndWithoutPrefix(String server) throws Exception {
        try (HostUnderTest host = start(server, Passwords.class, Map.of());
                RawWsClient page = connect(host, basic("otto"))) {
            assertThat(page.readFrame().text()).contains("\"auth\":\"optional\"", "\"expires\":null");
            assertThat(answer(page, "staff")).contains("subscribed");
            assertThat(answer(page, "scoped")).contains("forbidden");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void aLogoutEndsTheLoginOfItsPagesAndHasTheRulesAskedAgainForTheOthers(String server) throws Exception {
        try (HostUnderTest host = start(server, FormLogin.class, Map.of())) {
            String here = login(host);
            String elsewhere = login(host);
            try (RawWsClient page = cookied(host, here);
                    RawWsClient other = cookied(host, elsewhere)) {
                assertThat(answer(page, "staff")).contains("subscribed");
                assertThat(answer(other, "orders")).contains("subscribed");
                LOCKED.add("otto");
                assertThat(post(host, "/logout", here).statusCode()).isEqualTo(302);
                RawFrame frame = page.readFrame();
                while (frame.opcode() != RawFrame.CLOSE) {
                    frame = page.readFrame();
                }
                assertThat(frame.closeCode()).isEqualTo(4401);
                assertThat(line(other, "unsubscribed")).contains("\"ch\":\"orders\",\"reason\":\"forbidden\"");
                other.sendText("{\"op\":\"ping\",\"id\":5}");
                assertThat(line(other, "\"id\":5")).contains("pong");
            } finally {
                LOCKED.clear();
            }
        }
    }

    private static String login(HostUnderTest host) throws Exception {
        String cookie = post(host, "/login?username=otto&password=secret", "")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static HttpResponse<Void> post(HostUnderTest host, String path, String cookie) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    private static RawWsClient cookied(HostUnderTest host, String cookie) {
        return RawWsClient.to(host.wsUri("/laundry"))
                .header("Origin", "http://127.0.0.1:" + host.port())
                .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                .header("Cookie", cookie)
                .connect();
    }

    private static HostUnderTest start(String server, Class<?> security, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.put("laundry-bridge.path", "/laundry");
        all.put("laundry-bridge.startup", "fail");
        all.put("laundry-bridge.channels.orders.filter-fields", "/tenant");
        all.put("laundry-bridge.channels.scoped.access", "role:SCOPE_read");
        all.put("laundry-bridge.channels.staff.access", "role:STAFF");
        all.put(
                "spring.autoconfigure.exclude",
                (server.equals("jetty")
                                ? TomcatServletWebServerAutoConfiguration.class
                                : JettyServletWebServerAutoConfiguration.class)
                        .getName());
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Shop.class, security)
                .run(all.entrySet().stream()
                        .map(each -> "--" + each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new));
        InMemorySource source = context.getBean(InMemorySource.class);
        source.publish("o-1", "{\"tenant\":\"acme\",\"price\":1}");
        source.publish("o-2", "{\"tenant\":\"globex\",\"price\":2}");
        source.publish("o-3", "{\"price\":3}");
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new HostUnderTest(port, context::close);
    }

    private static RawWsClient connect(HostUnderTest host, @Nullable String authorization) {
        RawWsClient.Dialing dialing = RawWsClient.to(host.wsUri("/laundry"))
                .header("Origin", "http://127.0.0.1:" + host.port())
                .header("Sec-WebSocket-Protocol", "laundry-bridge.v1");
        return (authorization == null ? dialing : dialing.header("Authorization", authorization)).connect();
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    /** Subscribes to the orders from their beginning and returns all lines until it is live. */
    private static String rows(RawWsClient client) {
        client.sendText("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"orders\",\"from\":\"earliest\"}");
        return until(client, "\"op\":\"live\"");
    }

    private static String until(RawWsClient client, String... parts) {
        StringBuilder lines = new StringBuilder();
        while (!Stream.of(parts).allMatch(part -> lines.indexOf(part) >= 0)) {
            lines.append(client.readFrame().text()).append('\n');
        }
        return lines.toString();
    }

    private static String answer(RawWsClient client, String channel) {
        client.sendText("{\"op\":\"subscribe\",\"id\":9,\"ch\":\"" + channel + "\"}");
        return line(client, "\"id\":9");
    }

    private static String line(RawWsClient client, String part) {
        String text = client.readFrame().text();
        while (!text.contains(part)) {
            text = client.readFrame().text();
        }
        return text;
    }

    private static int closeOf(HostUnderTest host, String... sent) {
        try (RawWsClient page = connect(host, null)) {
            for (String token : sent) {
                page.sendText("{\"op\":\"auth\",\"id\":1,\"token\":\"" + token + "\"}");
            }
            RawFrame frame = page.readFrame();
            while (frame.opcode() != RawFrame.CLOSE) {
                frame = page.readFrame();
            }
            return frame.closeCode();
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        @ForChannel({"orders", "scoped", "staff"})
        EventSource source() {
            return InMemorySource.named("orders");
        }

        @Bean
        Access orders() {
            return (caller, channel) -> {
                if (LOCKED.contains(caller.name())) {
                    return Grant.nothing();
                }
                return caller.roles().test("STAFF")
                        ? Grant.everything()
                        : Grant.rows(RowFilter.eq("/tenant", caller.claim("tenant")));
            };
        }
    }

    static class PagesWithTokens {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    static class HandshakesWithTokens {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2ResourceServer(resources -> resources.jwt(Customizer.withDefaults()))
                    .build();
        }
    }

    static class FormLogin extends Passwords {

        @Override
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }
    }

    static class Passwords {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(User.withUsername("otto")
                    .password("{noop}secret")
                    .roles("STAFF")
                    .build());
        }
    }
}
