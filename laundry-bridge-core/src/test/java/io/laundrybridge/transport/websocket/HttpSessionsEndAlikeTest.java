package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.TestSite;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SinkSite;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An HTTP session lives as long as its page reads, and a logout ends the page's socket, in every container. */
class HttpSessionsEndAlikeTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}";

    /** Knows the user by the handshake: some containers upgrade before filters could tell. */
    private static final Authenticator BY_COOKIE = credentials -> CompletableFuture.completedFuture(
            credentials.cookie("user").map(Caller::named).orElse(null));

    @ParameterizedTest
    @EnumSource(names = "TYRUS", mode = EnumSource.Mode.EXCLUDE)
    void aSessionStaysWhileItsPageReads(WebSocketServers servers) throws Exception {
        try (Laundry laundry = laundry();
                TestServer server = servers.start(new Site(laundry))) {
            String cookie = get(server, "/login?idle=1", "");
            try (WsClient page = connect(server, cookie)) {
                page.awaitLine(line -> line.contains("\"op\":\"live\""), SOON);
                String left = get(server, "/login?idle=1", "");
                Thread.sleep(4_000); // containers take the time from the system
                assertThat(get(server, "/name", left))
                        .as("a session without a page")
                        .isEqualTo("nobody");
                assertThat(get(server, "/name", cookie)).isEqualTo("anna");
                laundry.publish(0, 1);
                page.awaitLine(line -> line.contains("{\"n\":0}"), SOON);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TYRUS", mode = EnumSource.Mode.EXCLUDE)
    void aLogoutEndsTheSocketAtOnce(WebSocketServers servers) throws Exception {
        try (Laundry laundry = laundry();
                TestServer server = servers.start(new Site(laundry))) {
            String mine = get(server, "/login?idle=1000", "");
            String other = get(server, "/login?idle=1000", "");
            try (WsClient page = connect(server, mine);
                    WsClient left = connect(server, other)) {
                page.awaitLine(line -> line.contains("\"op\":\"live\""), SOON);
                left.awaitLine(line -> line.contains("\"op\":\"live\""), SOON);
                String renamed = get(server, "/rename", mine);
                assertThat(renamed).isNotEqualTo(mine);
                get(server, "/logout", renamed);
                Await.until("the socket is closed", Duration.ofSeconds(2), () -> page.closeCode() != 0);
                assertThat(page.closeCode()).isIn(codes(servers));
                laundry.publish(0, 1);
                left.awaitLine(line -> line.contains("{\"n\":0}"), SOON);
                assertThat(page.lines()).noneMatch(line -> line.contains("{\"n\":0}"));
            }
        }
    }

    /** Undertow closes before it tells listeners, and cuts what is being sent then; neither code is final. */
    private static List<Integer> codes(WebSocketServers servers) {
        return servers == WebSocketServers.UNDERTOW ? List.of(4401, 1008, 1006) : List.of(4401);
    }

    private static Laundry laundry() {
        return Laundry.open(
                channel -> channel.access(Access.authenticated()),
                sink -> sink.heartbeat(Duration.ofMillis(400)).authenticator(BY_COOKIE));
    }

    private static WsClient connect(TestServer server, String cookie) {
        WsClient page = WsClient.connect(
                        server.wsUri("/laundry"),
                        Map.of("Cookie", "user=anna; " + cookie, "Origin", "http://127.0.0.1:" + server.port()),
                        "laundry-bridge.v1")
                .answeringBeats();
        page.send(SUBSCRIBE);
        return page;
    }

    private static String get(TestServer server, String path, String cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.httpUri(path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** A sink's endpoint beside a login by HTTP session. */
    private record Site(Laundry laundry) implements TestSite {
        @Override
        public void open(ServerContainer container) {
            throw new UnsupportedOperationException("only servers with servlets");
        }

        @Override
        public void register(ServletContext application) {
            SinkSite.of(laundry.sink()).register(application);
            FilterRegistration.Dynamic filter = application.addFilter("user", new UserOfSession());
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(null, false, "/laundry");
            application.addServlet("login", new Login()).addMapping("/login", "/logout", "/rename", "/name");
        }

        @Override
        public Optional<Page> page(String name) {
            return Optional.empty();
        }
    }

    /** Reports the user of the HTTP session, as a security filter does. */
    private static final class UserOfSession extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpSession session = request.getSession(false);
            Principal anna = () -> "anna";
            boolean known = session != null && session.getAttribute("user") != null;
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public Principal getUserPrincipal() {
                            return known ? anna : super.getUserPrincipal();
                        }
                    },
                    response);
        }
    }

    private static final class Login extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(answer(request));
        }

        private static String answer(HttpServletRequest request) {
            HttpSession session = request.getSession(request.getServletPath().equals("/login"));
            switch (request.getServletPath()) {
                case "/login" -> {
                    session.setMaxInactiveInterval(Integer.parseInt(request.getParameter("idle")));
                    session.setAttribute("user", "anna");
                    return cookie(session.getId());
                }
                case "/rename" -> {
                    return cookie(request.changeSessionId());
                }
                case "/logout" -> {
                    session.invalidate();
                    return "";
                }
                default -> {
                    return session == null ? "nobody" : (String) session.getAttribute("user");
                }
            }
        }

        private static String cookie(String id) {
            return "JSESSIONID=" + id;
        }
    }
}
