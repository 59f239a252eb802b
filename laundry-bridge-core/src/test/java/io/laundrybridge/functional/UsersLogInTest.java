package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.AdmissionLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.WebSocketSinkBuilder;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.HostSession;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A session reads as the user whom an authenticator clearly knows, for as long as the credential holds. */
class UsersLogInTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}";
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final AtomicLong millis = new AtomicLong(NOON.toEpochMilli());
    private final AtomicLong nanos = new AtomicLong();
    private final Queue<Credentials> seen = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<@Nullable Caller>> held = new ConcurrentLinkedQueue<>();

    /** Knows the tokens {@code anna}, {@code bert} and so on, and the cookie {@code user}. */
    private CompletionStage<@Nullable Caller> users(Credentials credentials) {
        seen.add(credentials);
        String token = credentials.token();
        String name = token == null ? credentials.cookie("user").orElse(null) : token;
        if (name == null) {
            return CompletableFuture.completedFuture(null);
        }
        return switch (name) {
            case "void" -> throw new RefusedCredentialsException("it is void");
            case "broken" -> throw new IllegalStateException("the key server is away");
            case "null" -> null;
            case "nobody" -> CompletableFuture.completedFuture(Caller.ANONYMOUS);
            case "unknown" -> CompletableFuture.completedFuture(null);
            case "failed" -> CompletableFuture.failedFuture(new RefusedCredentialsException("it is void"));
            case "held" -> {
                CompletableFuture<@Nullable Caller> later = new CompletableFuture<>();
                held.add(later);
                yield later;
            }
            case "old" -> CompletableFuture.completedFuture(Caller.named("anna").withExpiry(NOON));
            default -> {
                String[] words = name.split("\\+", -1);
                Caller caller = Caller.named(words[0]);
                yield CompletableFuture.completedFuture(
                        words.length == 1 ? caller : caller.withExpiry(NOON.plusSeconds(Long.parseLong(words[1]))));
            }
        };
    }

    @Test
    void aTokenLogsInAndLinesBeforeItWaitInOrder() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink());
            assertThat(client.await("welcome")).contains("\"auth\":\"required\",\"expires\":null");
            client.say(SUBSCRIBE).say("{\"op\":\"ping\",\"id\":9}").await("pong");
            client.say("{\"op\":\"auth\",\"id\":2,\"token\":\"anna+60\"}");
            client.await("\"op\":\"live\"");
            assertThat(client.lines().get(2))
                    .isEqualTo("{\"op\":\"authenticated\",\"id\":2,\"expires\":"
                            + NOON.plusSeconds(60).toEpochMilli() + "}");
            assertThat(client.lines().get(3)).contains("subscribed");
        }
    }

    @Test
    void everythingButAClearYesIsNo() {
        try (Laundry laundry = laundry(sink -> sink)) {
            for (String token : List.of("void", "failed", "unknown", "nobody", "old")) {
                SessionProbe client = SessionProbe.full(laundry.sink()).say(SUBSCRIBE);
                client.say(auth(2, token));
                assertThat(client.awaitClose()).as(token).isEqualTo(4401);
                assertThat(client.await("\"id\":2"))
                        .contains("\"code\":\"unauthenticated\"")
                        .contains("\"retry\":false");
                assertThat(client.await("bye")).contains("\"code\":4401");
                assertThat(client.lines()).noneMatch(line -> line.contains("subscribed") || line.contains("void"));
            }
            assertThat(telemetry.sum(Meter.LOGINS_REFUSED)).isEqualTo(5);
        }
    }

    @Test
    void withoutAClearAnswerTheSessionKeepsWhatItHas() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say(SUBSCRIBE);
            client.say(auth(2, "broken")).await("\"id\":2");
            client.say(auth(3, "null"));
            assertThat(client.await("\"id\":3")).contains("unauthenticated").contains("\"retry\":true");
            assertThat(client.lines()).noneMatch(line -> line.contains("subscribed"));
            client.say(auth(4, "anna")).await("\"op\":\"live\"");
            client.say(auth(5, "broken")).await("\"id\":5");
            laundry.publish(0, 1);
            client.awaitEvents(1);
        }
    }

    @Test
    void anAnswerThatIsLateIsNone() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say(auth(2, "held"));
            Await.until("the authenticator is asked", SOON, () -> held.size() == 1);
            pass(Duration.ofSeconds(5));
            client.await("\"retry\":true");
            assertThat(held.peek()).isCancelled();
            client.say(SUBSCRIBE).say(auth(3, "anna")).await("\"op\":\"live\"");
        }
    }

    @Test
    void lateIsAfterTheDeadlineAndNotBefore() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say(auth(2, "held"));
            Await.until("the authenticator is asked", SOON, () -> held.size() == 1);
            pass(Duration.ofMillis(4_900));
            client.say("{\"op\":\"ping\",\"id\":1}").await("pong");
            assertThat(client.lines()).noneMatch(line -> line.contains("unauthenticated"));
            held.remove().complete(Caller.named("anna"));
            client.await("authenticated");
        }
    }

    @Test
    void noTokenInTimeCloses() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say(SUBSCRIBE);
            client.await("welcome");
            pass(Duration.ofMillis(9_900));
            client.say("{\"op\":\"ping\",\"id\":1}").await("pong");
            assertThat(client.closeCode()).isZero();
            passUntil(() -> client.closeCode() != 0);
            assertThat(client.closeCode()).isEqualTo(4408);
            assertThat(client.await("bye")).contains("4408");
        }
    }

    @Test
    void soManyLinesWaitAndNoMore() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink());
            for (int id = 1; id <= 33; id++) {
                client.say("{\"op\":\"unsubscribe\",\"id\":" + id + ",\"ch\":\"machines\"}");
            }
            assertThat(client.await("\"id\":33")).contains("limit_exceeded").contains("32 lines");
            client.say(auth(50, "anna")).await("\"id\":32");
            List<String> answers = client.lines().stream()
                    .filter(line -> line.contains("not subscribed"))
                    .toList();
            assertThat(answers).hasSize(32);
            assertThat(answers.get(0)).contains("\"id\":1,");
        }
    }

    @Test
    void linesThatWaitTakeBoundedMemory() {
        SessionLimits limits = Limits.with("limits.subscription-bytes", "16KiB");
        try (Laundry laundry = laundry(limits, this::users)) {
            String keys = ",\"keys\":[\"" + "k".repeat(6_000) + "\"]";
            SessionProbe first = SessionProbe.full(laundry.sink()).subscribe("machines", keys);
            SessionProbe second = SessionProbe.full(laundry.sink());
            first.say("{\"op\":\"ping\",\"id\":9}").await("pong");
            assertThat(second.subscribe("machines", keys).await("\"id\":1")).contains("limit_exceeded");
            first.cut();
            Await.until("the memory is free", SOON, () -> telemetry.sum(Meter.SUBSCRIPTION_BYTES) == 0);
        }
    }

    @Test
    void anotherUsersTokenCloses() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say(auth(2, "anna"));
            client.await("authenticated");
            client.say(auth(3, "bert"));
            assertThat(client.awaitClose()).isEqualTo(4403);
            SessionProbe host = open(laundry.sink(), Caller.named("anna"), Map.of());
            assertThat(host.await("welcome")).contains("\"auth\":\"optional\"");
            host.say(auth(3, "bert"));
            assertThat(host.awaitClose()).isEqualTo(4403);
        }
    }

    @Test
    void twoTokensAreAnsweredInTheirOrder() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say(auth(2, "held") + "\n" + auth(3, "anna+9"));
            Await.until("the first is asked", SOON, () -> held.size() == 1);
            client.say("{\"op\":\"ping\",\"id\":1}").await("pong");
            assertThat(seen.stream().filter(each -> each.token() != null)).hasSize(1);
            held.remove().complete(Caller.named("anna"));
            client.await("\"id\":3");
            assertThat(client.lines().stream().filter(line -> line.contains("authenticated")))
                    .containsExactly(
                            "{\"op\":\"authenticated\",\"id\":2,\"expires\":null}",
                            "{\"op\":\"authenticated\",\"id\":3,\"expires\":"
                                    + NOON.plusSeconds(9).toEpochMilli() + "}");
        }
    }

    @Test
    void aCredentialThatRunsOutClosesUnlessItWasRenewed() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe renewed = SessionProbe.full(laundry.sink()).say(auth(2, "anna+60"));
            SessionProbe left = SessionProbe.full(laundry.sink()).say(auth(2, "anna+60"));
            SessionProbe plain = plain(laundry.sink(), "user=anna+60");
            renewed.await("authenticated");
            left.await("authenticated");
            Await.until("the plain session reads", SOON, () -> telemetry.sum(Meter.SUBSCRIPTIONS) == 1);
            renewed.say(auth(3, "anna+120")).await("\"id\":3");
            millis.addAndGet(59_999);
            pass(Duration.ofSeconds(3));
            assertThat(List.of(renewed.closeCode(), left.closeCode(), plain.closeCode()))
                    .containsOnly(0);
            millis.addAndGet(1);
            passUntil(() -> left.closeCode() != 0 && plain.closeCode() != 0);
            assertThat(List.of(left.closeCode(), plain.closeCode())).containsOnly(4401);
            assertThat(left.await("bye")).contains("4401");
            assertThat(renewed.closeCode()).isZero();
            millis.addAndGet(60_000);
            passUntil(() -> renewed.closeCode() == 4401);
        }
    }

    @Test
    void theHandshakeIsAskedBeforeTheFirstLine() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = open(laundry.sink(), Caller.ANONYMOUS, Map.of("cookie", List.of("a=b; user=held")));
            client.say(SUBSCRIBE);
            Await.until("the authenticator is asked", SOON, () -> held.size() == 1);
            assertThat(client.lines()).isEmpty();
            held.remove().complete(Caller.named("anna").withExpiry(NOON.plusSeconds(7)));
            client.await("\"op\":\"live\"");
            assertThat(client.lines().get(0))
                    .contains("\"auth\":\"optional\",\"expires\":"
                            + NOON.plusSeconds(7).toEpochMilli());
        }
    }

    @Test
    void voidCookiesAreRefusedAndUnclearOnesComeBack() {
        try (Laundry laundry = laundry(sink -> sink)) {
            for (List<String> subprotocols : List.of(List.<String>of(), List.of("laundry-bridge.v1"))) {
                assertThat(cookie(laundry, subprotocols, "void").awaitClose()).isEqualTo(4401);
                assertThat(cookie(laundry, subprotocols, "old").awaitClose()).isEqualTo(4401);
                assertThat(cookie(laundry, subprotocols, "broken").awaitClose()).isEqualTo(1013);
                SessionProbe late = cookie(laundry, subprotocols, "held");
                Await.until("the authenticator is asked", SOON, () -> held.poll() != null);
                passUntil(() -> late.closeCode() == 1013);
                assertThat(late.events()).isEmpty();
            }
            assertThat(telemetry.sum(Meter.SUBSCRIPTIONS)).isZero();
        }
    }

    @Test
    void plainSessionsLogInByTheirHandshakeOnly() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe anonymous = plain(laundry.sink(), "other=1");
            assertThat(anonymous.awaitClose()).isEqualTo(4401);
            SessionProbe anna = plain(laundry.sink(), "user=anna");
            Await.until("the plain session reads", SOON, () -> telemetry.sum(Meter.SUBSCRIPTIONS) == 1);
            laundry.publish(0, 1);
            anna.await("{\"n\":0}");
        }
        try (Laundry open = laundry(sink -> sink.authMode(AuthMode.OPTIONAL))) {
            SessionProbe anonymous = SessionProbe.plain(open.sink(), Map.of());
            Await.until("the plain session is refused its channel", SOON, () -> anonymous.closeCode() == 4403);
        }
    }

    @Test
    void whereALoginIsOptionalTheFirstTokenHoldsLinesBack() {
        try (Laundry laundry = laundry(sink -> sink.authMode(AuthMode.OPTIONAL))) {
            SessionProbe client = SessionProbe.full(laundry.sink());
            assertThat(client.await("welcome")).contains("\"auth\":\"optional\"");
            client.say(SUBSCRIBE).await("forbidden");
            client.say(auth(2, "held") + "\n" + SUBSCRIBE.replace("\"id\":1", "\"id\":7"));
            Await.until("the authenticator is asked", SOON, () -> held.size() == 1);
            client.say("{\"op\":\"ping\",\"id\":1}").await("pong");
            assertThat(client.lines()).noneMatch(line -> line.contains("\"id\":7"));
            held.remove().complete(Caller.named("anna"));
            assertThat(client.await("\"id\":7")).contains("subscribed");
        }
    }

    @Test
    void authenticatorsAreAskedInOrderUntilOneKnowsTheCredential() {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        Authenticator first = credentials -> {
            order.add("first " + credentials.token());
            return CompletableFuture.supplyAsync(() -> null);
        };
        Authenticator last = credentials -> {
            order.add("last");
            throw new IllegalStateException("never asked");
        };
        WebSocketSinkBuilder any = WebSocketSink.builder("/x");
        try (Laundry laundry = Laundry.open(
                channel -> channel,
                sink -> sink.authMode(AuthMode.OPTIONAL).authenticator(first).authenticator(this::users))) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say(auth(2, "anna"));
            client.await("authenticated");
            assertThat(order).containsExactly("first null", "first anna");
            assertThat(any.authenticator(first).authenticator(last)).isSameAs(any);
        }
    }

    @Test
    void whereNobodyLogsInATokenIsAnsweredAndTheSessionLivesOn() {
        try (Laundry laundry = Laundry.open(
                channel -> channel, sink -> sink.authenticator(this::users).authMode(AuthMode.NONE))) {
            SessionProbe client = SessionProbe.full(laundry.sink());
            assertThat(client.await("welcome")).contains("\"auth\":\"none\"");
            assertThat(client.say(auth(2, "anna")).await("\"id\":2")).contains("unauthenticated");
            client.say(SUBSCRIBE).await("\"op\":\"live\"");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aLoginThatIsRequiredNeedsAnAuthenticator() {
        WebSocketSinkBuilder builder = WebSocketSink.builder("/laundry").authMode(AuthMode.REQUIRED);
        assertThatThrownBy(builder::build)
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.auth.mode is required");
    }

    @Test
    void aTokenThatIsTooLongIsRefusedUnread() {
        try (Laundry laundry = laundry(sink -> sink.limits(Limits.with("limits.inbound-bytes", "1MiB")))) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say(auth(2, "x".repeat(100 << 10)));
            assertThat(client.awaitClose()).isEqualTo(4401);
            assertThat(client.await("\"id\":2")).contains("unauthenticated");
            assertThat(seen).noneMatch(each -> each.token() != null);
            SessionProbe most = SessionProbe.full(laundry.sink()).say(auth(2, "x".repeat(16 << 10)));
            most.await("authenticated");
        }
    }

    @Test
    void aUserHasSoManySessionsHoweverTheyLogIn() {
        try (Laundry laundry = laundry(sink -> sink.admissionLimits(AdmissionLimits.DEFAULT.withPerUser(1)))) {
            SessionProbe first = SessionProbe.full(laundry.sink()).say(auth(2, "anna"));
            first.await("authenticated");
            first.say(auth(3, "anna")).await("\"id\":3");
            assertThat(SessionProbe.full(laundry.sink()).say(auth(2, "anna")).awaitClose())
                    .isEqualTo(1013);
            assertThat(cookie(laundry, List.of(), "anna").awaitClose()).isEqualTo(1013);
            SessionProbe.full(laundry.sink()).say(auth(2, "bert")).await("authenticated");
            first.cut();
            Await.until("one session", SOON, () -> telemetry.sum(Meter.SESSIONS) == 1);
            SessionProbe.full(laundry.sink()).say(auth(2, "anna")).await("authenticated");
        }
    }

    @Test
    void authenticatorsThatHangHarmNobodyElse() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Authenticator hangs = credentials -> {
            if ("hang".equals(credentials.token())) {
                while (never.getCount() > 0) {
                    try {
                        never.await();
                    } catch (InterruptedException ignored) {
                        Thread.onSpinWait(); // as code does that swallows interrupts
                    }
                }
            }
            return users(credentials);
        };
        SessionLimits limits = Limits.with("limits.authentication-threads", "2");
        try (Laundry laundry = laundry(limits, hangs)) {
            SessionProbe reader =
                    SessionProbe.full(laundry.sink()).say(auth(2, "anna")).say(SUBSCRIBE);
            reader.await("\"op\":\"live\"");
            List<SessionProbe> stuck = List.of(
                    SessionProbe.full(laundry.sink()).say(auth(2, "hang")),
                    SessionProbe.full(laundry.sink()).say(auth(2, "hang")));
            stuck.forEach(each -> each.await("welcome"));
            laundry.publish(0, 1);
            reader.awaitEvents(1);
            passUntil(() -> stuck.stream()
                    .allMatch(each -> each.lines().stream().anyMatch(line -> line.contains("\"retry\":true"))));
            SessionProbe.full(laundry.sink()).say(auth(2, "bert")).await("authenticated");
        } finally {
            never.countDown();
        }
    }

    @Test
    void soManyCredentialsWaitAndNoMore() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Authenticator slow = credentials -> {
            if (credentials.token() != null) {
                asked.countDown();
                Await.until("the test goes on", SOON, () -> go.getCount() == 0);
            }
            return users(credentials);
        };
        SessionLimits limits = Limits.with(
                "limits.authentication-threads", "1",
                "limits.authentication-queue", "1",
                "limits.authentication", "60s");
        try (Laundry laundry = laundry(limits, slow)) {
            List<SessionProbe> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                SessionProbe client = SessionProbe.full(laundry.sink());
                client.await("welcome");
                clients.add(client);
            }
            clients.get(0).say(auth(2, "anna")); // it takes the thread, which may still be about a handshake's answer
            Await.until("the first one is asked", SOON, () -> asked.getCount() == 0);
            clients.subList(1, 3).forEach(each -> each.say(auth(2, "anna")));
            Await.until(
                    "one is turned away",
                    SOON,
                    () -> clients.stream()
                                    .filter(each ->
                                            each.lines().stream().anyMatch(line -> line.contains("\"retry\":true")))
                                    .count()
                            == 1);
            go.countDown();
            Await.until(
                    "the others are in",
                    SOON,
                    () -> clients.stream()
                                    .filter(each -> each.lines().stream()
                                            .anyMatch(line -> line.contains("\"op\":\"authenticated\"")))
                                    .count()
                            == 2);
        } finally {
            go.countDown();
        }
    }

    @Test
    void theEndOfTheHostsSessionEndsTheLoginThatCameWithIt() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe byHost = hosted(laundry, Caller.named("anna"), "s1");
            SessionProbe plain = SessionProbe.open(
                    laundry.sink(),
                    new Handshake(List.of(), Map.of(), Caller.named("anna")).withHostSession(new Host("s1")),
                    true);
            SessionProbe byToken = hosted(laundry, Caller.ANONYMOUS, "s1").say(auth(2, "anna"));
            SessionProbe other = hosted(laundry, Caller.named("anna"), "s2");
            byHost.await("welcome");
            byToken.await("authenticated");
            laundry.sink().hostSessionRenamed("s1", "s3");
            laundry.sink().hostSessionEnded("s1");
            laundry.sink().hostSessionEnded("s3");
            assertThat(List.of(byHost.closeCode(), plain.closeCode())).containsOnly(4401);
            assertThat(byHost.await("bye")).contains("4401");
            byToken.say(SUBSCRIBE).await("\"op\":\"live\"");
            other.say(SUBSCRIBE).await("\"op\":\"live\"");
        }
    }

    @Test
    void aHostsSessionThatHasGoneEndsTheLoginToo() {
        try (Laundry laundry = laundry(sink -> sink)) {
            assertThat(hosted(laundry, Caller.named("anna"), "gone").awaitClose())
                    .isEqualTo(4401);
        }
    }

    /** A session of a host; the one named {@code gone} has ended. */
    private record Host(String id) implements HostSession {
        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void keepAlive() {
            if (id.equals("gone")) {
                throw new IllegalStateException("it has ended");
            }
        }
    }

    private static SessionProbe hosted(Laundry laundry, Caller caller, String host) {
        return SessionProbe.open(
                laundry.sink(),
                new Handshake(List.of("laundry-bridge.v1"), Map.of(), caller).withHostSession(new Host(host)),
                true);
    }

    @Test
    void aSessionThatEndsMeanwhileAsksNoLonger() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say(auth(2, "held"));
            Await.until("the authenticator is asked", SOON, () -> held.size() == 1);
            client.cut();
            Await.until("the question is withdrawn", SOON, () -> held.element().isCancelled());
        }
    }

    private static String auth(int id, String token) {
        return "{\"op\":\"auth\",\"id\":" + id + ",\"token\":\"" + token + "\"}";
    }

    private static SessionProbe cookie(Laundry laundry, List<String> subprotocols, String user) {
        return SessionProbe.open(
                laundry.sink(),
                new Handshake(subprotocols, Map.of(), Caller.ANONYMOUS)
                        .withHeaders(Map.of("Cookie", List.of("user=" + user))),
                true);
    }

    private static SessionProbe plain(WebSocketSink sink, String cookie) {
        return SessionProbe.open(
                sink,
                new Handshake(List.of(), Map.of(), Caller.ANONYMOUS).withHeaders(Map.of("Cookie", List.of(cookie))),
                true);
    }

    private static SessionProbe open(WebSocketSink sink, Caller caller, Map<String, List<String>> headers) {
        return SessionProbe.open(
                sink, new Handshake(List.of("laundry-bridge.v1"), Map.of(), caller).withHeaders(headers), true);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Lets time pass until {@code condition} holds. */
    private void passUntil(Callable<Boolean> condition) {
        Await.until("what time brings", SOON, () -> {
            pass(Duration.ofMillis(100));
            return condition.call();
        });
    }

    private Laundry laundry(SessionLimits limits, Authenticator authenticator) {
        return Laundry.open(
                channel -> channel.access(Access.authenticated()).services(services()),
                sink -> sink.services(services()).limits(limits).authenticator(authenticator));
    }

    private Laundry laundry(UnaryOperator<WebSocketSinkBuilder> settings) {
        return Laundry.open(
                channel -> channel.access(Access.authenticated()).services(services()),
                sink -> settings.apply(sink.services(services()).authenticator(this::users)));
    }

    private HostServices services() {
        return HostServices.standard()
                .withTelemetry(telemetry)
                .withClock(() -> Instant.ofEpochMilli(millis.get()), () -> System.nanoTime() + nanos.get());
    }
}
