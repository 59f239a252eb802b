package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to an {@code await} comes behind everything up to its place, on every path, and never before. */
class AClientLearnsWhenItHasItsOwnWriteTest {
    private static final String LIVE = "\"op\":\"live\"";
    private static final String REACHED = "{\"op\":\"reached\",\"id\":9,\"ch\":\"machines\"}";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);
    private static final int MORE_THAN_A_TURN = 10_000;
    private static final Pattern SEALED = Pattern.compile("\"at\":\"(~[^\"]*)\"");

    private static SessionProbe live(Laundry laundry, String rest) {
        SessionProbe session = SessionProbe.full(laundry.sink()).subscribe("machines", rest);
        session.await(LIVE);
        return session;
    }

    private static String await(String at) {
        return await(9, at, "");
    }

    private static String await(int id, String at, String rest) {
        return "{\"op\":\"await\",\"id\":" + id + ",\"ch\":\"machines\",\"at\":\"" + at + "\"" + rest + "}";
    }

    /** Returns when the server has handled everything said so far. */
    private static void handled(SessionProbe session) {
        int id = 5_000 + session.lines().size();
        session.say("{\"op\":\"ping\",\"id\":" + id + "}").await("{\"op\":\"pong\",\"id\":" + id + "}");
    }

    private static List<Integer> numbersBefore(SessionProbe session, String line) {
        List<String> lines = session.lines();
        return Wire.numbers(lines.subList(0, lines.indexOf(line)).stream()
                .filter(each -> each.startsWith("{\"ch\""))
                .toList());
    }

    @Test
    void behindTheEventAndNotBefore() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            laundry.publish(0, 5);
            session.say(await("0@7"));
            laundry.publish(5, 2);
            session.awaitEvents(7);
            handled(session);
            assertThat(session.lines()).doesNotContain(REACHED);
            laundry.publish(7, 1);
            session.await(REACHED);
            assertThat(numbersBefore(session, REACHED)).containsExactlyElementsOf(Wire.range(0, 8));
        }
    }

    @Test
    void atOnceIfItWasSentBefore() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            laundry.publish(0, 5);
            session.awaitEvents(5);
            session.say(await("0@3")).await(REACHED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"keys\":[\"m-1\"]",
                ",\"where\":{\"lt\":[\"/n\",0]}",
                ",\"keys\":[\"m-1\"],\"flush\":10",
                ",\"keys\":[\"m-1\"],\"every\":10",
                ",\"every\":10",
                ",\"view\":[\"m-1\"]"
            })
    void whetherOrNotTheRecordIsSelected(String selection) {
        try (Laundry laundry = Laundry.open(channel -> channel.filterFields("/n"), sink -> sink)) {
            SessionProbe session = live(laundry, selection);
            session.say(await("0@24"));
            laundry.publish(0, 24);
            handled(session);
            assertThat(session.lines()).doesNotContain(REACHED);
            laundry.publish(24, 1);
            session.await(REACHED);
            if (!selection.contains("where")) {
                assertThat(numbersBefore(session, REACHED)).contains(21);
            }
            laundry.publish(25, 7);
            session.say(await(10, "0@31", "")).await("\"id\":10");
        }
    }

    /** Time stands still, so that no tick looks at the session. */
    @ParameterizedTest
    @ValueSource(strings = {",\"keys\":[\"m-1\"]", ",\"where\":{\"lt\":[\"/n\",0]}"})
    void atOnceThoughNothingSelectedComes(String selection) {
        HostServices services = HostServices.standard().withClock(InstantSource.system(), new AtomicLong(1)::get);
        try (Laundry laundry = Laundry.open(
                channel -> channel.filterFields("/n").services(services),
                sink -> sink.services(services).workers(1))) {
            SessionProbe session = live(laundry, selection);
            for (int n = 2; n < 6; n++) {
                laundry.publish(n, 1);
                handled(session);
            }
            session.say(await("0@6"));
            handled(session);
            laundry.publish(6, 3);
            session.await(REACHED);
            assertThat(session.events()).isEmpty();
        }
    }

    @Test
    void alsoForRecordsThatTheApplicationDrops() {
        InMemorySource source = InMemorySource.named("machine-log");
        WebSocketSink sink = WebSocketSink.at("/laundry");
        Bridge bridge = Bridge.from(source)
                .filter(Report.class, report -> report.n() % 2 == 0)
                .channel("machines")
                .access(Access.anonymous())
                .to(sink);
        bridge.start();
        try {
            bridge.awaitLive(SOON);
            for (String rest : List.of("", ",\"flush\":60000")) {
                SessionProbe session = SessionProbe.full(sink).subscribe("machines", rest);
                session.await(LIVE);
                session.say(await("0@" + source.publish("m-1", "{\"n\":1}").offset()));
                session.await(REACHED);
                assertThat(session.events()).isEmpty();
            }
        } finally {
            bridge.stop();
        }
    }

    /** What a value is read into. */
    record Report(int n) {}

    @Test
    void inTheMiddleOfAReplay() {
        try (Laundry laundry = Laundry.open(channel -> channel.retain(SMALL), sink -> sink)) {
            laundry.publish(0, 5_000);
            SessionProbe session = SessionProbe.full(laundry.sink());
            session.stopReading();
            session.subscribe("machines", ",\"from\":\"earliest\"").say(await("0@700"));
            session.say(await(10, "0@4999", ""));
            session.readAgain();
            session.await("\"id\":10");
            assertThat(numbersBefore(session, REACHED))
                    .startsWith(0)
                    .contains(700)
                    .doesNotContain(4_900);
            session.await(LIVE);
            assertThat(Wire.numbers(session.events())).containsExactlyElementsOf(Wire.range(0, 5_000));
        }
    }

    @Test
    void behindTheSnapshotThatHasIt() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey(), sink -> sink)) {
            laundry.publish(0, 100);
            SessionProbe session = SessionProbe.full(laundry.sink());
            session.subscribe("machines", "").say(await("0@99"));
            session.await(REACHED);
            assertThat(session.lines().indexOf(REACHED))
                    .isGreaterThan(session.lines().indexOf(session.await("\"state\":\"end\"")));
        }
    }

    @Test
    void behindTheNewestValueIfTheSessionIsSlowAndConflates() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey(), sink -> sink)) {
            SessionProbe slow = live(laundry, "");
            slow.stopReading();
            laundry.publish(0, MORE_THAN_A_TURN);
            slow.say(await("0@2000"));
            slow.readAgain();
            slow.await(REACHED);
            assertThat(numbersBefore(slow, REACHED)).as("of m-0").anyMatch(n -> n >= 2_000 && n % 10 == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onceAHiddenPageIsBackAndHasWhatItMissed(boolean latest) {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            session.say("{\"op\":\"view\",\"hidden\":true" + (latest ? ",\"onReturn\":\"latest\"" : "") + "}");
            session.say(await("0@42"));
            laundry.publish(0, 100);
            handled(session);
            assertThat(session.lines()).doesNotContain(REACHED);
            session.say("{\"op\":\"view\",\"hidden\":false}");
            session.await(REACHED);
            assertThat(numbersBefore(session, REACHED))
                    .as("of m-2")
                    .anyMatch(n -> n % 10 == 2 && n >= 42)
                    .hasSizeLessThanOrEqualTo(100);
        }
    }

    @Test
    void manyInTheOrderOfTheStream() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            for (int n = 15; n >= 0; n--) {
                session.say(await(100 + n, "0@" + n, ""));
            }
            handled(session);
            for (int n = 0; n < 16; n++) {
                laundry.publish(n, 1);
            }
            session.await("\"id\":115");
            for (int n = 0; n < 16; n++) {
                String answer = "{\"op\":\"reached\",\"id\":" + (100 + n) + ",\"ch\":\"machines\"}";
                assertThat(numbersBefore(session, answer)).contains(n);
            }
        }
    }

    @Test
    void forAPositionAndNotForOneOfAnotherStream() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            laundry.publish(0, 5);
            session.awaitEvents(5);
            String head = Wire.head(session.await("\"op\":\"subscribed\""));
            session.say(await(head + ":0@5")).await(REACHED);
            session.say(await(10, "other.abc:0@5", ",\"within\":50"));
            assertThat(session.await("\"id\":10")).contains("source_unavailable");
        }
    }

    @Test
    void anAnswerInTimeOrAnError() {
        CountingTelemetry telemetry = new CountingTelemetry();
        AtomicLong nanos = new AtomicLong(1);
        HostServices services = HostServices.standard()
                .withClock(InstantSource.system(), nanos::get)
                .withTelemetry(telemetry);
        try (Laundry laundry =
                Laundry.open(channel -> channel, sink -> sink.services(services).workers(1))) {
            SessionProbe session = live(laundry, "");
            long before = telemetry.sum(Meter.SUBSCRIPTION_BYTES);
            session.say(await("0@9"));
            session.say(await(10, "9999@9", ",\"within\":5000"));
            handled(session);
            assertThat(telemetry.sum(Meter.SUBSCRIPTION_BYTES)).isBetween(before + 1, before + 1_000);
            Await.until("the first error", SOON, () -> {
                nanos.addAndGet(100_000_000);
                return session.lines().stream().anyMatch(line -> line.contains("\"id\":10"));
            });
            assertThat(nanos.get()).isGreaterThan(Duration.ofSeconds(5).toNanos());
            assertThat(session.await("\"id\":10"))
                    .contains("source_unavailable")
                    .contains("\"retry\":true");
            Await.until("the second error", SOON, () -> {
                nanos.addAndGet(100_000_000);
                return session.lines().stream().anyMatch(line -> line.contains("\"id\":9"));
            });
            assertThat(telemetry.sum(Meter.SUBSCRIPTION_BYTES)).isEqualTo(before);
        }
    }

    @Test
    void notOnceTheSubscriptionHasEnded() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            session.say(await("0@5")).say("{\"op\":\"unsubscribe\",\"id\":2,\"ch\":\"machines\"}");
            assertThat(session.await("\"id\":9")).contains("bad_request").contains("has ended");
            session.say(await(10, "0@5", ""));
            assertThat(session.await("\"id\":10")).contains("bad_request").contains("not subscribed");
        }
    }

    @Test
    void fromTheNewSubscriptionIfItIsReplaced() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            session.say(await("0@5"));
            laundry.publish(0, 3);
            session.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\",\"from\":\"last:1\"}");
            session.await("\"id\":2");
            laundry.publish(3, 3);
            session.await(REACHED);
            assertThat(numbersBefore(session, REACHED)).endsWith(5);
        }
    }

    @Test
    void notOnceTheStreamHasStartedOver() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            session.say(await("0@5"));
            handled(session);
            laundry.source().recreate();
            session.await("\"op\":\"reset\"");
            assertThat(session.await("\"id\":9")).contains("bad_position").contains("started over");
            laundry.publish(0, 10);
            session.say(await(10, "0@9", "")).await("{\"op\":\"reached\",\"id\":10");
        }
    }

    @Test
    void noMoreThanTheLimitAtOnce() {
        try (Laundry laundry =
                Laundry.open(channel -> channel, sink -> sink.limits(Limits.with("limits.awaits", "2")))) {
            SessionProbe session = live(laundry, "");
            assertThat(session.await("welcome")).contains("\"awaits\":2").contains("\"await\"");
            session.say(await(9, "0@0", "")).say(await(10, "0@1", "")).say(await(11, "0@2", ""));
            assertThat(session.await("\"id\":11"))
                    .contains("limit_exceeded")
                    .contains("at most 2 places")
                    .contains("laundry-bridge.limits.awaits");
            laundry.publish(0, 1);
            session.await(REACHED);
            session.say(await(12, "0@2", ""));
            laundry.publish(1, 2);
            session.await("{\"op\":\"reached\",\"id\":12");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"at\":\"\"|bad_position",
                "\"at\":\"2@\"|bad_position",
                "\"at\":\"2@77,\"|bad_position",
                "\"at\":\"-1@77\"|bad_position",
                "\"at\":\"10000@77\"|bad_position",
                "\"at\":\"0@9999999999999999999\"|bad_position",
                "\"at\":\"head:0@5\"|bad_position",
                "\"at\":\"~AAAA\"|bad_position",
                "\"at\":7|bad_request",
                "\"to\":\"0@1\"|bad_request",
                "\"at\":\"0@1\",\"within\":1|bad_request",
                "\"at\":\"0@1\",\"within\":600001|bad_request"
            })
    void badInputIsRefusedByName(String fields, String code) {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            session.say("{\"op\":\"await\",\"id\":9,\"ch\":\"machines\"," + fields + "}");
            assertThat(session.await("\"id\":9")).contains(code);
            session.say(await(10, "0@0", ""));
            laundry.publish(0, 1);
            session.await("{\"op\":\"reached\",\"id\":10");
        }
    }

    /** Tenant a reads rows of its own. */
    private static WebSocketSink tenants(InMemorySource source, List<Bridge> bridges) {
        WebSocketSink sink = WebSocketSink.builder("/laundry")
                .secret("a-secret-of-32-characters-or-more")
                .build();
        ChannelBuilder channel = Bridge.from(source).channel("machines");
        Bridge bridge = channel.access(rule((caller, name) -> Grant.rows(RowFilter.keyPrefix(caller.name() + "/"))))
                .to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(SOON);
        return sink;
    }

    private static Access rule(Access grants) {
        return new Access() {
            @Override
            public Grant grant(Caller caller, String channel) {
                return grants.grant(caller, channel);
            }

            @Override
            public boolean immediate() {
                return true;
            }
        };
    }

    @Test
    void aRestrictedReaderMayWaitForSealedPlacesOnly() {
        InMemorySource source = InMemorySource.named("orders", 1, 10_000, Runnable::run);
        List<Bridge> bridges = new ArrayList<>();
        WebSocketSink sink = tenants(source, bridges);
        try {
            SessionProbe a =
                    SessionProbe.open(sink, List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.named("a"), true);
            a.subscribe("machines", "").await(LIVE);
            source.publish("b/1", "{\"n\":1}");
            source.publish("a/1", "{\"n\":2}");
            a.awaitEvents(1);
            Matcher sealed =
                    SEALED.matcher(a.await("bookmark of an event", line -> line.contains("\"op\":\"bookmark\"")));
            assertThat(sealed.find()).isTrue();
            a.say(await(sealed.group(1))).await(REACHED);
            for (String open : List.of("0@0", "0@1000", "x.abc:0@1")) {
                int id = 20 + open.length();
                a.say(await(id, open, ""));
                assertThat(a.await("\"id\":" + id)).contains("bad_position").doesNotContain("@");
            }
        } finally {
            bridges.forEach(Bridge::stop);
        }
    }
}
