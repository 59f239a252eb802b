package io.laundrybridge.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.test.login.JwksServer;
import io.laundrybridge.test.login.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens when keys change, and when their server is away, slow or wrong. */
class JwksTest {
    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration OUTAGE = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final JwtDesk desk = new JwtDesk();

    @AfterEach
    void close() {
        desk.close();
    }

    private String user(String token) throws Throwable {
        return Objects.requireNonNull(desk.user(token)).name();
    }

    /** No clear answer: the session keeps what it had, and may try again. */
    private void isUndecided(String token, String reason) {
        assertThatThrownBy(() -> desk.user(token))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    private void isRefused(String token) {
        assertThatThrownBy(() -> desk.user(token)).isInstanceOf(RefusedCredentialsException.class);
    }

    @Test
    void keysAreReadOnceForManyLogins() throws Throwable {
        for (int login = 0; login < 50; login++) {
            assertThat(user(desk.token())).isEqualTo("ada");
        }
        assertThat(desk.server.asked()).isEqualTo(1);
    }

    @Test
    void loginsAtOnceShareOneReading() throws Exception {
        desk.passes(REFRESH.plusSeconds(1));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<String>> logins = new ArrayList<>();
            for (int login = 0; login < 64; login++) {
                logins.add(threads.submit(() -> name(desk.token())));
            }
            for (Future<String> login : logins) {
                assertThat(login.get()).isEqualTo("ada");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(desk.server.asked()).isEqualTo(2);
    }

    private String name(String token) throws Exception {
        try {
            return user(token);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNewKeyIsFoundAtOnceAndARemovedOneIsVoidAfterTheNextReading() throws Throwable {
        String old = desk.token();
        assertThat(user(old)).isEqualTo("ada");
        desk.issuer.rotate();
        assertThat(user(desk.token())).isEqualTo("ada");
        isRefusedOnceTheKeysAreReadAgain(old);
    }

    private void isRefusedOnceTheKeysAreReadAgain(String old) {
        desk.passes(PAUSE);
        isRefused(old);
    }

    @Test
    void aRemovedKeyIsVoidWhenTheKeysAreOld() throws Throwable {
        String old = desk.token(Map.of("exp", desk.now.plus(OUTAGE).getEpochSecond()));
        assertThat(user(old)).isEqualTo("ada");
        desk.issuer.rotate();
        desk.passes(REFRESH.minusSeconds(1));
        assertThat(user(old)).isEqualTo("ada");
        desk.passes(Duration.ofSeconds(2));
        isRefused(old);
    }

    @Test
    void manyLoginsDuringARotationAllSucceedWithOneOrTwoReadings() throws Exception {
        int before = desk.server.asked();
        desk.issuer.rotate();
        String token = desk.token();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        CountDownLatch together = new CountDownLatch(1);
        try {
            List<Future<String>> logins = new ArrayList<>();
            for (int login = 0; login < 16; login++) {
                logins.add(threads.submit(() -> {
                    together.await();
                    return name(token);
                }));
            }
            together.countDown();
            for (Future<String> login : logins) {
                assertThat(login.get()).isEqualTo("ada");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(desk.server.asked() - before).isBetween(1, 2);
    }

    @Test
    void inventedKeysCauseFewReadingsAndHarmNobody() throws Throwable {
        String head = SigningKey.base64("{\"alg\":\"RS256\",\"kid\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        for (int attack = 0; attack < 200; attack++) {
            assertThatThrownBy(() -> desk.user(head + ".e30.AAAA"))
                    .isInstanceOfAny(IOException.class, RuntimeException.class);
            assertThat(user(desk.token())).isEqualTo("ada");
        }
        assertThat(desk.server.asked()).isLessThanOrEqualTo(2);
        desk.passes(PAUSE);
        isRefused(head + ".e30.AAAA");
    }

    @Test
    void whileTheServerIsAwayTheLastKeysAreUsedForABoundedTime() throws Throwable {
        desk.server.answers(JwksServer.text(503, "maintenance"));
        desk.passes(OUTAGE.minusSeconds(1));
        assertThat(user(desk.token())).isEqualTo("ada");
        desk.passes(REFRESH.plusSeconds(1));
        isUndecided(desk.token(), "status 503");
        desk.server.answers(JwksServer.text(desk.issuer));
        desk.passes(PAUSE);
        assertThat(user(desk.token())).isEqualTo("ada");
    }

    @Test
    void aFloodOfInventedKeysDuringAnOutageDoesNotEndTheToleration() throws Throwable {
        desk.server.answers(JwksServer.text(503, ""));
        String head = SigningKey.base64("{\"alg\":\"RS256\",\"kid\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        for (int step = 0; step < 12; step++) {
            desk.passes(REFRESH.dividedBy(2));
            for (int attack = 0; attack < 5; attack++) {
                isUndecided(head + ".e30.AAAA", "");
            }
            assertThat(user(desk.token())).isEqualTo("ada");
        }
    }

    @Test
    void anUnknownKeyDuringAnOutageIsUndecided() throws Throwable {
        desk.server.answers(JwksServer.text(500, ""));
        desk.passes(PAUSE);
        desk.issuer.rotate();
        isUndecided(desk.token(), "status 500");
        desk.server.answers(JwksServer.text(desk.issuer));
        desk.passes(PAUSE);
        assertThat(user(desk.token())).isEqualTo("ada");
    }

    static Stream<Arguments> rubbish() {
        String endless = "x".repeat(1 << 20);
        return Stream.of(
                arguments("404", JwksServer.text(404, "no"), "status 404"),
                arguments("204", JwksServer.text(204, ""), "status 204"),
                arguments("nothing", JwksServer.text(200, ""), "is no JSON Web Key Set"),
                arguments("a page", JwksServer.text(200, "<html>log in</html>"), "is no JSON Web Key Set"),
                arguments("null", JwksServer.text(200, "null"), "is no JSON Web Key Set"),
                arguments("a list", JwksServer.text(200, "[]"), "is no JSON Web Key Set"),
                arguments("no keys", JwksServer.text(200, "{\"keys\":[]}"), "holds no keys"),
                arguments("keys of null", JwksServer.text(200, "{\"keys\":null}"), ""),
                arguments("a key of null", JwksServer.text(200, "{\"keys\":[null]}"), ""),
                arguments("a key of numbers", JwksServer.text(200, "{\"keys\":[{\"kty\":1}]}"), ""),
                arguments("an unknown kind", JwksServer.text(200, "{\"keys\":[{\"kty\":\"X\"}]}"), "holds no keys"),
                arguments("nested", JwksServer.text(200, "{\"keys\":".repeat(30_000)), ""),
                arguments("huge", JwksServer.text(200, endless), "larger than 262144 bytes"),
                arguments(
                        "endless",
                        (JwksServer.Answer) exchange -> {
                            exchange.sendResponseHeaders(200, 0);
                            for (int part = 0; part < 1_000; part++) {
                                exchange.getResponseBody().write(endless.getBytes(StandardCharsets.UTF_8));
                            }
                        },
                        "larger than 262144 bytes"),
                arguments(
                        "cut off",
                        (JwksServer.Answer) exchange -> {
                            exchange.sendResponseHeaders(200, 1_000);
                            exchange.getResponseBody().write('{');
                        },
                        ""),
                arguments(
                        "elsewhere",
                        (JwksServer.Answer) exchange -> {
                            exchange.getResponseHeaders().set("Location", "/other.json");
                            exchange.sendResponseHeaders(302, -1);
                        },
                        "status 302"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rubbish")
    void rubbishIsNoAnswerAndTheLastKeysAreKept(String name, JwksServer.Answer rubbish, String reason)
            throws Throwable {
        desk.server.answers(rubbish);
        desk.passes(REFRESH.plusSeconds(1));
        assertThat(user(desk.token())).isEqualTo("ada");
        desk.passes(PAUSE);
        desk.issuer.rotate();
        isUndecided(desk.token(), reason);
    }

    @Test
    void aServerThatSendsAByteNowAndThenHoldsALoginForAFewSeconds() throws Throwable {
        desk.server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (int part = 0; part < 600; part++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        desk.passes(PAUSE);
        desk.issuer.rotate();
        long start = System.nanoTime();
        isUndecided(desk.token(), "no whole answer within 3 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aServerThatNeverAnswersDelaysNoStart() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            try (JwtDesk waiting = new JwtDesk(Map.of("jwks", "http://127.0.0.1:" + silent.getLocalPort() + "/jwks"))) {
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
                assertThatThrownBy(() -> waiting.user(waiting.token())).isInstanceOf(IOException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
            }
        }
    }
}
