package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.auth.Credentials;
import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SinkSite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No log line of any level holds a token, a cookie or an {@code Authorization}, whatever becomes of it. */
class NoCredentialIsLoggedTest {
    private static final String SECRET = "s3cr3t-9f27";
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Everything that clients do with credentials, in a JVM that logs everything. */
    static final class Clients {
        private Clients() {}

        /** Runs the clients. */
        public static void main(String[] none) {
            try (Laundry laundry = Laundry.open(
                            channel -> channel.access(Access.authenticated()),
                            sink -> sink.auditLog(true).authenticator(Clients::user));
                    TestServer server = WebSocketServers.TOMCAT.start(SinkSite.of(laundry.sink()))) {
                for (String token : List.of("anna", "void", "broken", "unknown", "x".repeat(20_000))) {
                    try (WsClient client = connect(server)) {
                        client.send("{\"op\":\"auth\",\"id\":1,\"token\":\"" + SECRET + token + "\"}");
                        client.awaitLine(line -> line.contains("\"id\":1"), SOON);
                        client.send("{\"op\":\"auth\",\"id\":2,\"token\":\"" + SECRET + "bert\"}");
                    }
                }
                for (String broken : List.of(
                        "{\"op\":\"auth\",\"id\":1,\"token\":\"" + SECRET,
                        "{\"op\":\"auth\",\"id\":1,\"token\":[\"" + SECRET + "\"]}",
                        "{\"op\":\"auth\",\"id\":1,\"token\":\"" + SECRET + "\",\"token\":\"" + SECRET + "\"}",
                        "{\"op\":\"auth\",\"id\":1,\"token\":\"t\",\"" + SECRET + "\":1}")) {
                    try (WsClient client = connect(server)) {
                        client.send(broken);
                        client.send("{\"op\":\"ping\",\"id\":3}");
                    }
                }
                System.err.println("all clients were there");
            }
        }

        private static WsClient connect(TestServer server) {
            WsClient client = WsClient.connect(
                    server.wsUri("/laundry?access_token=" + SECRET),
                    Map.of(
                            "Cookie",
                            "user=" + SECRET,
                            "Authorization",
                            "Bearer " + SECRET,
                            "Origin",
                            "http://127.0.0.1:" + server.port()),
                    "laundry-bridge.v1");
            client.awaitLine(line -> line.contains("welcome"), SOON);
            return client;
        }

        private static CompletionStage<@Nullable Caller> user(Credentials credentials) {
            String token = credentials.token();
            if (token == null || token.endsWith("unknown")) {
                return CompletableFuture.completedFuture(null);
            }
            if (token.endsWith("void")) {
                throw new RefusedCredentialsException("the token is void");
            }
            if (token.endsWith("broken")) {
                throw new IllegalStateException(credentials.toString());
            }
            return CompletableFuture.completedFuture(Caller.named(token.substring(SECRET.length())));
        }
    }

    @Test
    void inAnyLogLine() throws Exception {
        Process clients = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-Dorg.slf4j.simpleLogger.log.io.laundrybridge=trace",
                        Clients.class.getName())
                .redirectErrorStream(true)
                .start();
        String log = new String(clients.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(clients.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(log)
                .contains("all clients were there")
                .contains("was refused")
                .contains("io.laundrybridge.audit");
        assertThat(log.lines().filter(line -> line.contains(SECRET)).toList()).isEmpty();
    }
}
