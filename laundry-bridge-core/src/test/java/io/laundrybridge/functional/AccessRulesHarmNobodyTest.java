package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule without a clear answer grants nothing, and harms no other channel. */
class AccessRulesHarmNobodyTest {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final CountingTelemetry telemetry = new CountingTelemetry();

    static Stream<Named<Access>> brokenRules() {
        return Stream.of(
                Named.of("throws", (caller, channel) -> {
                    throw new IllegalStateException("the database is away");
                }),
                Named.of("fails", (caller, channel) -> {
                    throw new StackOverflowError();
                }),
                Named.of("null", (caller, channel) -> null),
                Named.of("no rows", Access.anonymous().rows(caller -> null)),
                Named.of("hangs", (caller, channel) -> hang()),
                Named.of("cannot be interrupted", (caller, channel) -> hangForGood()),
                Named.of("unknown field", (caller, channel) -> Grant.rows(RowFilter.eq("/tenant", "a"))),
                Named.of(
                        "unknown field beside a known one",
                        (caller, channel) -> Grant.rows(RowFilter.eq("/n", 1).or(RowFilter.eq("/tenant", "a")))));
    }

    private static Grant hang() {
        try {
            NEVER.await();
        } catch (InterruptedException ended) {
            return Grant.everything(); // too late
        }
        return Grant.everything();
    }

    private static Grant hangForGood() {
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return Grant.everything();
    }

    private Laundry laundry(Access rule, String... limits) {
        return Laundry.open(
                channel -> channel.filterFields("/n").access(rule),
                sink -> sink.services(HostServices.standard().withTelemetry(telemetry))
                        .limits(Limits.with(limits)));
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void aRuleWithoutAnAnswerGrantsNothing(Access rule) {
        try (Laundry laundry = laundry(rule, "limits.access", "300ms")) {
            laundry.publish(0, 2);
            Laundry other = Laundry.join(laundry, "other");
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"earliest\"");
            client.subscribe("other", "").await("\"op\":\"live\",\"ch\":\"other\"");
            assertThat(client.await("\"op\":\"error\"")).contains("\"code\":\"forbidden\"");
            SessionProbe plain = SessionProbe.plain(laundry.sink(), Map.of("channel", List.of("machines")));
            assertThat(plain.awaitClose()).isEqualTo(4403);
            laundry.publish(2, 1);
            other.publish("o", "{\"n\":7}");
            client.await("\"n\":7");
            assertThat(client.lines()).noneMatch(line -> line.contains("\"k\":\"m-"));
            assertThat(plain.lines()).isEmpty();
            Await.until("it is counted", Duration.ofSeconds(5), () -> telemetry.sum(Meter.ACCESS_FAILED) >= 2);
            other.close();
        }
    }

    @Test
    void rulesThatHangHoldUpOnlyTheirChannelAndABoundedNumberWaits() {
        String[] limits = {"limits.access", "1s", "limits.access-threads", "2", "limits.access-queue", "3"};
        try (Laundry laundry = laundry((caller, channel) -> hangForGood(), limits)) {
            Laundry other =
                    Laundry.join(laundry, "other", channel -> channel.access((caller, name) -> Grant.everything()));
            List<SessionProbe> stuck = IntStream.range(0, 10)
                    .mapToObj(n -> SessionProbe.full(laundry.sink()).subscribe("machines", ""))
                    .toList();
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("other", "");
            client.await("\"op\":\"live\"");
            stuck.forEach(each -> each.await("\"op\":\"error\""));
            List<String> errors =
                    stuck.stream().map(each -> each.await("\"op\":\"error\"")).toList();
            assertThat(errors).filteredOn(error -> error.contains("\"busy\"")).hasSizeBetween(5, 8);
            assertThat(errors)
                    .filteredOn(error -> error.contains("\"forbidden\""))
                    .hasSizeBetween(2, 5);
            SessionProbe late = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            late.await("\"code\":\"forbidden\"");
            other.close();
        }
        Await.until("nothing waits", Duration.ofSeconds(10), () -> telemetry.sum(Meter.ACCESS_WAITING) == 0);
    }

    @Test
    void aSessionThatEndsAsksNoMore() {
        CountDownLatch interrupted = new CountDownLatch(1);
        Access rule = (caller, channel) -> {
            try {
                NEVER.await();
            } catch (InterruptedException ended) {
                interrupted.countDown();
            }
            return Grant.everything();
        };
        try (Laundry laundry = laundry(rule)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.say("{\"op\":\"ping\",\"id\":1}").await("\"op\":\"pong\"");
            Await.until("the rule is asked", Duration.ofSeconds(10), () -> telemetry.sum(Meter.ACCESS_WAITING) == 0);
            client.cut();
            Await.until("the call ends", Duration.ofSeconds(10), () -> interrupted.getCount() == 0);
        }
    }

    @Test
    void settingsSayWhichRowsAUserSees() {
        InMemorySource orders = InMemorySource.named("orders");
        Map<String, String> settings = Map.of(
                "laundry-bridge.path", "/laundry",
                "laundry-bridge.channels.orders.access", "authenticated",
                "laundry-bridge.channels.orders.rows", "/tenant=claim:tenant,key-prefix:{user}/");
        try (LaundryBridge bridge = LaundryBridge.builder()
                .settings(settings)
                .source("orders", orders)
                .access("orders", (caller, channel) -> Grant.everything()) // the setting still counts
                .build()) {
            bridge.start();
            bridge.bridge("orders").awaitLive(Duration.ofSeconds(10));
            SessionProbe anna = open(bridge, Caller.named("anna").withClaims(Map.of("tenant", "t1")));
            SessionProbe bert = open(bridge, Caller.named("bert").withClaims(Map.of("tenant", "t1")));
            anna.subscribe("orders", "").await("\"op\":\"live\"");
            bert.subscribe("orders", "").await("\"op\":\"live\"");
            orders.publish("anna/1", "{\"n\":1,\"tenant\":\"t1\"}");
            orders.publish("annabel/1", "{\"n\":2,\"tenant\":\"t1\"}");
            orders.publish("anna/2", "{\"n\":3,\"tenant\":\"t2\"}");
            orders.publish("bert/1", "{\"n\":4,\"tenant\":\"t1\"}");
            orders.publish("anna/3", "{\"n\":5,\"tenant\":\"t1\"}");
            anna.await("\"n\":5,");
            bert.await("\"n\":4,");
            assertThat(anna.events()).hasSize(2).noneMatch(line -> line.matches(".*\"n\":[234],.*"));
            assertThat(bert.events()).hasSize(1);
            SessionProbe nobody = open(bridge, Caller.named("carl")).subscribe("orders", "");
            nobody.await("\"code\":\"forbidden\"");
        }
    }

    private static SessionProbe open(LaundryBridge bridge, Caller caller) {
        return SessionProbe.open(bridge.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), caller, true);
    }
}
