package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.host.HostUnderTest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Without Kafka: the access rule is checked before the existence of the channel. */
class PrincipalComesFromTheHandshakeTest {

    @Test
    void theCallerIsTheUserOfASecurityFilter() {
        try (HostUnderTest host = LaundryApplication.underTest(LaundryApplication.run(
                Map.of(
                        "laundry-bridge.path", "/laundry",
                        "laundry-bridge.channels.machines.topic", "laundry.machine-log",
                        "laundry-bridge.channels.machines.access", "authenticated",
                        "laundry-bridge.channels.bills.topic", "laundry.bills",
                        "laundry-bridge.channels.bills.access", "role:clerk",
                        "spring.kafka.bootstrap-servers", LaundryApplication.NO_KAFKA),
                SecurityFilter.class))) {
            assertThat(answer(host, null, "machines")).contains("\"forbidden\"");
            assertThat(answer(host, "anna:washer", "machines")).contains("\"source_unavailable\"");
            assertThat(answer(host, "anna:washer", "bills")).contains("\"forbidden\"");
            assertThat(answer(host, "otto:clerk", "bills")).contains("\"source_unavailable\"");
        }
    }

    private static String answer(HostUnderTest host, @Nullable String user, String channel) {
        RawWsClient.Dialing dialing = RawWsClient.to(host.wsUri("/laundry"))
                .header("Origin", "http://127.0.0.1:" + host.port())
                .header("Sec-WebSocket-Protocol", "laundry-bridge.v1");
        if (user != null) {
            dialing.header("X-User", user);
        }
        try (RawWsClient client = dialing.connect()) {
            client.sendText("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"" + channel + "\"}");
            RawFrame frame = client.readFrame();
            while (!frame.text().contains("\"id\":1")) {
                frame = client.readFrame();
            }
            return frame.text();
        }
    }

    /** Does as Spring Security: passes a wrapped request on. */
    @Configuration(proxyBeanMethods = false)
    static class SecurityFilter {

        @Bean
        FilterRegistrationBean<HttpFilter> security() {
            FilterRegistrationBean<HttpFilter> filter = new FilterRegistrationBean<>(new UserFromHeader());
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        }
    }

    private static final class UserFromHeader extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String user = request.getHeader("X-User");
            chain.doFilter(user == null ? request : new UserRequest(request, user), response);
        }
    }

    private static final class UserRequest extends HttpServletRequestWrapper {
        private final String name;
        private final String role;

        UserRequest(HttpServletRequest request, String user) {
            super(request);
            this.name = user.substring(0, user.indexOf(':'));
            this.role = user.substring(user.indexOf(':') + 1);
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> name;
        }

        @Override
        public boolean isUserInRole(String asked) {
            return asked.equals(role);
        }
    }
}
