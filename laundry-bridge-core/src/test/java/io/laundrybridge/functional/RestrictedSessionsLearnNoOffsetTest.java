package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants {@code a} and {@code b} read one channel; the rows of each have keys that begin with its name. */
class RestrictedSessionsLearnNoOffsetTest {
    /** A rule that answers at once. */
    private record Rule(Access rule) implements Access {
        @Override
        public Grant grant(Caller caller, String channel) {
            return rule.grant(caller, channel);
        }

        @Override
        public boolean immediate() {
            return true;
        }
    }

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "the-first-secret-0123456789abcdef";
    private static final String NEXT = "the-second-secret-0123456789abcdef";
    private static final Pattern PLACE = Pattern.compile("\"at\":\"([^\"]*)\"");
    private static final Pattern SEALED = Pattern.compile("~[A-Za-z0-9_-]+");

    private final InMemorySource source = InMemorySource.named("orders", 1, 1_000_000, Runnable::run);
    private final AtomicLong nanos = new AtomicLong(1);
    private final Map<String, Grant> others = new LinkedHashMap<>();
    private final List<Bridge> bridges = new ArrayList<>();

    @AfterEach
    void stops() {
        bridges.forEach(Bridge::stop);
    }

    private Grant grant(Caller caller, String channel) {
        String user = caller.name();
        return others.getOrDefault(
                user, user.equals("boss") ? Grant.everything() : Grant.rows(RowFilter.keyPrefix(user + "/")));
    }

    private WebSocketSink node(@Nullable String secret, @Nullable String before, UnaryOperator<ChannelBuilder> more) {
        HostServices services = HostServices.standard().withClock(InstantSource.system(), nanos::get);
        var builder = WebSocketSink.builder("/laundry").workers(1).services(services);
        if (secret != null) {
            builder = before == null ? builder.secret(secret) : builder.secret(secret, before);
        }
        WebSocketSink sink = builder.build();
        Bridge bridge = more.apply(Bridge.from(source)
                        .channel("orders")
                        .services(services)
                        .compress(true)
                        .retain(Retention.of(Duration.ofMinutes(10), 64 << 10))
                        .access(new Rule(this::grant)))
                .to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(SOON);
        return sink;
    }

    private WebSocketSink node() {
        return node(SECRET, null, channel -> channel);
    }

    private static SessionProbe as(String user, WebSocketSink sink) {
        return SessionProbe.open(sink, List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.named(user), true);
    }

    private static SessionProbe reads(String user, WebSocketSink sink, String request) {
        return as(user, sink).subscribe("orders", request);
    }

    private static SessionProbe live(String user, WebSocketSink sink, String request) {
        SessionProbe session = reads(user, sink, request);
        session.await("\"op\":\"live\"");
        return session;
    }

    private void publish(String tenant, int first, int count) {
        for (int n = first; n < first + count; n++) {
            source.publish(tenant + "/" + n % 5, "{\"n\":" + n + "}");
        }
    }

    private static String lastPlace(SessionProbe session) {
        return places(session).reduce((earlier, later) -> later).orElseThrow();
    }

    private static Stream<String> places(SessionProbe session) {
        return session.lines().stream()
                .flatMap(line -> PLACE.matcher(line).results().map(found -> found.group(1)));
    }

    /** Everything that the client got, without what is the session's own: its id, sealed places, values, times. */
    private static List<String> masked(SessionProbe session) {
        return session.frames().stream()
                .map(frame -> SEALED.matcher(frame).replaceAll("~"))
                .map(frame -> frame.replaceAll("\"session\":\"[^\"]*\"", "\"session\":\"\"")
                        .replaceAll("\"ts\":\\d+", "\"ts\":0"))
                .toList();
    }

    private static void settle(SessionProbe session, int id) {
        session.say("{\"op\":\"ping\",\"id\":" + id + "}").await("\"op\":\"pong\",\"id\":" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "earliest", "last:3", "since:PT1H"})
    void noLineHoldsAnOffsetFromAnyStart(String from) {
        publish("b", 0, 4_000);
        publish("a", 0, 5);
        publish("b", 0, 5);
        SessionProbe session = live("a", node(), ",\"from\":\"" + from + "\"");
        publish("b", 0, 100);
        publish("a", 5, 5);
        session.await("\"n\":9");
        session.awaitBeatAfter(Duration.ofSeconds(26), nanos);
        assertThat(places(session)).isNotEmpty().allMatch(place -> place.matches("~[A-Za-z0-9_-]+"));
        assertThat(places(session).map(String::length).distinct()).hasSize(1);
        assertThat(masked(session)).noneMatch(frame -> frame.contains("@"));
        assertThat(session.events()).allMatch(event -> event.startsWith("{\"ch\":\"orders\",\"ts\":"));
        assertThat(session.lines()).noneMatch(line -> line.contains("b/"));
    }

    @Test
    void theSameOfASnapshotAViewAndALeftKey() {
        publish("b", 0, 2_000);
        publish("a", 0, 20);
        SessionProbe session = live(
                "a",
                node(SECRET, null, channel -> channel.latestByKey().filterFields("/n")),
                ",\"where\":{\"lt\":[\"/n\",100]}");
        publish("a", 200, 1);
        session.await("\"left\":true");
        session.say("{\"op\":\"view\",\"ch\":\"orders\",\"keys\":[]}");
        session.say("{\"op\":\"view\",\"ch\":\"orders\",\"keys\":[\"a/1\",\"b/1\"]}");
        settle(session, 7);
        assertThat(session.await("\"state\":\"end\"")).contains("\"count\":5");
        assertThat(places(session)).isNotEmpty().allMatch(place -> place.startsWith("~"));
        assertThat(session.events()).allMatch(event -> event.startsWith("{\"ch\":\"orders\",\"ts\":"));
        assertThat(session.lines()).noneMatch(line -> line.contains("b/1\",\"v\":{"));
    }

    @Test
    void everyFrameWithEventsEndsWithABookmark() {
        SessionProbe session = live("a", node(), "");
        for (int n = 0; n < 200; n++) {
            publish("a", n, 1);
        }
        session.await("\"n\":199");
        List<String> withEvents = session.frames().stream()
                .filter(frame -> frame.contains("{\"ch\":"))
                .toList();
        assertThat(withEvents).isNotEmpty().allSatisfy(frame -> {
            List<String> lines = List.of(frame.split("\n"));
            assertThat(lines.get(lines.size() - 1)).startsWith("{\"op\":\"bookmark\",\"ch\":\"orders\",\"at\":\"~");
            assertThat(lines.stream().filter(line -> line.contains("bookmark"))).hasSize(1);
        });
    }

    @Test
    void aPlaceResumesExactlyAtAnyNodeWithTheSecret() {
        WebSocketSink first = node();
        WebSocketSink second = node();
        SessionProbe session = live("a", first, "");
        List<String> seen = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            publish("b", round, 17);
            publish("a", round, 1);
            session.await("\"n\":" + round + "}");
            settle(session, 100 + round);
            seen.addAll(session.events());
            String place = lastPlace(session);
            session.cut();
            session = reads("a", round % 2 == 0 ? second : first, ",\"from\":\"at:" + place + "\"");
            assertThat(session.await("subscribed")).contains("\"recovered\":true");
        }
        assertThat(Wire.numbers(seen)).containsExactlyElementsOf(Wire.range(0, 20));
        session.await("\"op\":\"live\"");
        assertThat(session.events()).isEmpty();
    }

    /** Also behind memory: the place is read from the source again. */
    @Test
    void aPlaceThatMemoryHasLeftIsReplayed() {
        WebSocketSink sink = node();
        SessionProbe session = live("a", sink, "");
        publish("a", 0, 1);
        session.await("\"n\":0}");
        settle(session, 3);
        String place = lastPlace(session);
        session.cut();
        for (int n = 1; n < 400; n++) {
            publish("b", n, 20);
            publish("a", n, 1);
        }
        SessionProbe back = live("a", sink, ",\"from\":\"at:" + place + "\"");
        assertThat(Wire.numbers(back.events())).containsExactlyElementsOf(Wire.range(1, 400));
        assertThat(back.frames().stream().filter(frame -> frame.contains("{\"ch\":")))
                .allMatch(frame -> frame.contains("bookmark"));
    }

    @Test
    void aPlaceOfTheSecretBeforeIsHonouredAfterARotation() {
        SessionProbe session = live("a", node(), "");
        String place = lastPlace(session);
        publish("a", 0, 3);
        SessionProbe after = live("a", node(NEXT, SECRET, channel -> channel), ",\"from\":\"at:" + place + "\"");
        assertThat(Wire.numbers(after.events())).containsExactly(0, 1, 2);
        SessionProbe never = reads("a", node(NEXT, null, channel -> channel), ",\"from\":\"at:" + place + "\"");
        assertThat(never.await("\"op\":\"error\"")).contains("bad_position");
    }

    @Test
    void thePlaceOfAnotherUserIsRefusedInEveryDialect() {
        WebSocketSink sink = node();
        publish("b", 0, 100);
        String place = lastPlace(live("b", sink, ""));
        others.put("a", grant(Caller.named("b"), "orders"));
        String refusal = reads("a", sink, ",\"from\":\"at:" + place + "\"").await("\"op\":\"error\"");
        assertThat(refusal).contains("bad_position");
        assertThat(reads("a", sink, ",\"from\":\"at:" + place.substring(0, 40) + "\"")
                        .await("\"op\":\"error\""))
                .isEqualTo(refusal);
        SessionProbe plain =
                SessionProbe.open(sink, List.of(), Map.of("from", List.of("at:" + place)), Caller.named("a"), true);
        assertThat(plain.awaitClose()).isEqualTo(4410);
        assertThat(plain.lines()).isEmpty();
    }

    @Test
    void rowsOfOthersChangeNothingThatASessionReceives() {
        assertThat(story(true)).isEqualTo(story(false));
    }

    private List<String> story(boolean withOthers) {
        source.recreate();
        WebSocketSink sink = node();
        SessionProbe session = live("a", sink, "");
        settle(session, 1);
        int looks = 100_000; // a ping of its own per look, or the clock would run ahead of the session
        for (int round = 0; round < 4; round++) {
            for (int n = 0; n < 30 && withOthers; n++) {
                publish("b", n, 1);
                settle(session, 1_000 + n);
            }
            if (round % 2 == 0) {
                publish("a", round, 1);
                session.await("\"n\":" + round + "}");
            }
            int beats = (int) beats(session);
            while (beats(session) == beats) {
                nanos.addAndGet(2_000_000_000L);
                settle(session, looks++);
            }
        }
        session.cut();
        return masked(session).stream().filter(frame -> !frame.contains("pong")).toList();
    }

    private static long beats(SessionProbe session) {
        return session.lines().stream()
                .filter(line -> line.contains("\"op\":\"beat\""))
                .count();
    }

    @Test
    void aGapHasNoRangeAndGapsOfOneReasonAreOneLine() {
        WebSocketSink sink = node(SECRET, null, channel -> channel.replay(new ReplayBudget(0, 0)));
        publish("a", 0, 3_000);
        SessionProbe session = live("a", sink, ",\"from\":\"earliest\"");
        List<String> gaps = session.lines().stream()
                .filter(line -> line.contains("\"op\":\"gap\""))
                .toList();
        assertThat(gaps).containsExactly("{\"op\":\"gap\",\"ch\":\"orders\",\"reason\":\"limit\"}");
        assertThat(session.await("subscribed")).contains("\"recovered\":false");
    }

    @Test
    void aRecordThatNobodyCanReadIsToldWithTheNextEventsOrTheNextBeat() {
        SessionProbe session = live("a", node(), "");
        publish("a", 0, 1);
        session.await("\"n\":0");
        source.publish("b/1", "not JSON");
        source.publish("b/2", "not JSON either");
        settle(session, 5);
        assertThat(session.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
        publish("a", 1, 1);
        session.await("\"n\":1");
        String frame = session.frames().stream()
                .filter(each -> each.contains("\"n\":1}"))
                .findFirst()
                .orElseThrow();
        assertThat(frame.split("\n"))
                .hasSize(3)
                .contains("{\"op\":\"gap\",\"ch\":\"orders\",\"reason\":\"undecodable\"}");
        source.publish("b/1", "not JSON");
        for (int looks = 6; gaps(session) < 2; looks++) { // at the first beat after the record was read
            nanos.addAndGet(2_000_000_000L);
            settle(session, looks);
        }
    }

    private static long gaps(SessionProbe session) {
        return session.lines().stream()
                .filter(line -> line.contains("\"op\":\"gap\""))
                .count();
    }

    @Test
    void aSessionThatMayReadEverythingKeepsOpenPlaces() {
        SessionProbe boss = live("boss", node(), "");
        publish("b", 0, 1);
        assertThat(boss.awaitEvents(1).get(0)).contains("\"at\":\"0@0");
        assertThat(boss.await("subscribed")).doesNotContain("~");
    }

    @Test
    void withoutASecretPlacesAreOpenWithATag() {
        WebSocketSink sink = node(null, null, channel -> channel);
        SessionProbe session = live("a", sink, "");
        publish("b", 0, 3);
        publish("a", 0, 1);
        assertThat(session.awaitEvents(1).get(0)).contains("\"at\":\"0@3");
        String head = Wire.head(session.await("subscribed"));
        assertThat(head).matches("[^.]+\\.[^.]+\\.[A-Za-z0-9_-]{11}");
        publish("a", 1, 2);
        SessionProbe back = live("a", sink, ",\"from\":\"at:" + head + ":0@4\"");
        assertThat(Wire.numbers(back.events())).containsExactly(1, 2);
    }
}
