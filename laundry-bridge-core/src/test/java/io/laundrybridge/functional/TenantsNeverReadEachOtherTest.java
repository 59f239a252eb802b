package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tenants share a channel. Whatever one of them asks, it gets its own rows, and no word of the other's. */
class TenantsNeverReadEachOtherTest {
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);
    private static final Access ROWS = (caller, channel) -> Grant.rows(RowFilter.eq("/tenant", caller.name()));

    private static Laundry laundry(UnaryOperator<ChannelBuilder> channel) {
        return Laundry.open(
                channel.andThen(built -> built.filterFields("/tenant", "/n").access(ROWS))::apply, sink -> sink);
    }

    /** A row of {@code tenant}; its key says who owned it first. */
    private static void put(Laundry laundry, String key, String tenant, int n) {
        laundry.publish(key, "{\"n\":" + n + ",\"tenant\":\"" + tenant + "\",\"of\":\"secret-" + tenant + "\"}");
    }

    private static SessionProbe open(Laundry laundry, String user) {
        return SessionProbe.open(laundry.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.named(user), true);
    }

    private static SessionProbe live(Laundry laundry, String user, String rest) {
        SessionProbe client = open(laundry, user).subscribe("machines", rest);
        client.await("\"op\":\"live\"");
        return client;
    }

    /** Each event as key and number, or as key and its fate. */
    private static List<String> told(List<String> events) {
        List<String> told = new ArrayList<>();
        for (String event : events) {
            String key = event.replaceAll(".*\"k\":\"([^\"]*)\".*", "$1");
            told.add(key
                    + (event.contains("\"left\":true,\"v\":null}")
                            ? " left"
                            : event.endsWith("\"v\":null}") ? " deleted" : " " + Wire.number(event)));
        }
        return told;
    }

    /** No line names a row that only the tenant b ever had. */
    private static void knowsNothingOfB(SessionProbe client) {
        assertThat(client.lines()).noneMatch(line -> line.contains("secret-b") || line.contains("\"k\":\"b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"from\":\"live\"",
                ",\"from\":\"earliest\"",
                ",\"from\":\"last:100\"",
                ",\"from\":\"since:PT5M\"",
                ",\"from\":\"since:1970-01-01T00:00:00Z\"",
                ",\"keys\":[\"a1\",\"b1\"]",
                ",\"keys\":[\"*\"],\"from\":\"earliest\"",
                ",\"where\":{\"eq\":[\"/tenant\",\"b\"]},\"from\":\"earliest\"",
                ",\"where\":{\"ne\":[\"/tenant\",\"a\"]},\"from\":\"last:100\"",
                ",\"where\":{\"or\":[{\"eq\":[\"/tenant\",\"b\"]},{\"exists\":\"/tenant\"}]},\"from\":\"earliest\"",
                ",\"where\":{\"not\":{\"eq\":[\"/tenant\",\"a\"]}}",
                ",\"every\":100,\"from\":\"earliest\"",
                ",\"flush\":50,\"compress\":\"deflate-raw\",\"from\":\"earliest\"",
                ",\"view\":[\"b1\",\"a1\"],\"from\":\"earliest\"",
            })
    void whateverTheyAsk(String rest) {
        for (boolean state : new boolean[] {false, true}) {
            UnaryOperator<ChannelBuilder> kind = channel -> state ? channel.latestByKey() : channel;
            try (Laundry laundry = laundry(channel -> kind.apply(channel).compress(true))) {
                put(laundry, "a1", "a", 1);
                put(laundry, "b1", "b", 2);
                put(laundry, "b2", "b", 3);
                laundry.publish("b2", null);
                SessionProbe a = live(laundry, "a", rest);
                put(laundry, "b1", "b", 4);
                laundry.publish("b3", "{\"n\":5}");
                laundry.publish("b3", null);
                laundry.publish("b1", null);
                put(laundry, "b1", "b", 6);
                a.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[\"b1\",\"zz\"]}");
                a.say("{\"op\":\"view\",\"hidden\":true}");
                put(laundry, "b1", "b", 7);
                a.say("{\"op\":\"view\",\"hidden\":false}");
                a.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\",\"keys\":[\"b1\"]}");
                a.await("\"op\":\"subscribed\",\"id\":2");
                a.say("{\"op\":\"ping\",\"id\":9}").await("\"op\":\"pong\"");
                put(laundry, "b1", "b", 8);
                a.say("{\"op\":\"ping\",\"id\":10}").await("\"op\":\"pong\",\"id\":10");
                assertThat(a.lines())
                        .noneMatch(line -> line.contains("secret-b") || line.matches(".*\"k\":\"b[23].*"))
                        .noneMatch(line -> line.contains("\"left\""));
            }
        }
    }

    @Test
    void aRowOfTheOtherAndNoRowLookAlike() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            put(laundry, "b1", "b", 1);
            put(laundry, "a1", "a", 2);
            SessionProbe a = live(laundry, "a", "");
            a.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[]}");
            a.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[\"b1\",\"zz\",\"a1\"]}");
            a.await("\"k\":\"zz\"");
            a.await("\"k\":\"b1\"");
            assertThat(told(a.events())).containsExactlyInAnyOrder("a1 2", "a1 2", "b1 deleted", "zz deleted");
            assertThat(a.await("\"k\":\"b1\"").replace("b1", "zz").replaceAll("\"ts\":\\d+", ""))
                    .isEqualTo(a.await("\"k\":\"zz\"").replaceAll("\"ts\":\\d+", ""));
        }
    }

    @Test
    void aRowThatChangesItsTenantLeavesOneScreenAndComesToTheOther() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            put(laundry, "x", "a", 1);
            SessionProbe a = live(laundry, "a", "");
            SessionProbe b = live(laundry, "b", "");
            put(laundry, "x", "b", 2);
            put(laundry, "x", "b", 3);
            laundry.publish("x", null);
            put(laundry, "x", "b", 4);
            put(laundry, "x", "a", 5);
            laundry.publish("x", null);
            put(laundry, "end-a", "a", 0);
            put(laundry, "end-b", "b", 0);
            a.await("\"k\":\"end-a\"");
            b.await("\"k\":\"end-b\"");
            assertThat(told(a.events())).containsExactly("x 1", "x left", "x 5", "x deleted", "end-a 0");
            assertThat(told(b.events())).containsExactly("x 2", "x 3", "x deleted", "x 4", "x left", "end-b 0");
        }
    }

    @Test
    void aFieldThatIsMissingShowsNothing() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            SessionProbe a = live(laundry, "a", "");
            laundry.publish("x", "{\"n\":1}");
            laundry.publish("x", "{\"n\":2,\"tenant\":[\"a\"]}");
            laundry.publish("x", "{\"n\":3,\"tenant\":null}");
            laundry.publish("x", "\"a\"");
            laundry.publish("x", null);
            put(laundry, "end", "a", 4);
            a.await("\"k\":\"end\"");
            assertThat(told(a.events())).containsExactly("end 4");
        }
    }

    /** The first events of a piece do not say whose row it was; the state then shows what is left. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReplayTellsNoForeignKeyAndEndsTheRowsThatWereLost(boolean moved) {
        try (Laundry laundry = laundry(channel -> channel.latestByKey(StateLimits.DEFAULT)
                .fallBehind(FallBehind.CATCH_UP)
                .retain(SMALL))) {
            put(laundry, "x", "a", 1);
            put(laundry, "a1", "a", 2);
            for (int n = 0; n < 4_000; n++) {
                laundry.source().publish("b" + n % 7, "{\"n\":" + n + ",\"tenant\":\"b\",\"of\":\"secret-b\"}");
            }
            if (moved) {
                put(laundry, "x", "b", 3);
            } else {
                laundry.publish("x", null);
            }
            for (int n = 0; n < 4_000; n++) {
                laundry.source().publish("b" + n % 7, "{\"n\":" + n + ",\"tenant\":\"b\",\"of\":\"secret-b\"}");
            }
            put(laundry, "a1", "a", 4);
            SessionProbe a = open(laundry, "a").subscribe("machines", ",\"from\":\"earliest\"");
            a.await("\"op\":\"snapshot\",\"ch\":\"machines\",\"state\":\"end\"");
            knowsNothingOfB(a);
            List<String> lines = a.lines();
            int begin = lines.indexOf(a.await("\"state\":\"begin\""));
            assertThat(told(a.events())).contains("x 1");
            assertThat(lines.subList(begin, lines.size())).noneMatch(line -> line.contains("\"k\":\"x\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"every\":10"})
    void aStateThatIsTooLargeTellsNoForeignKey(String pace) {
        try (Laundry laundry = laundry(channel -> channel.latestByKey(new StateLimits(5, 1 << 20)))) {
            put(laundry, "x", "a", 1);
            SessionProbe a = live(laundry, "a", pace);
            for (int n = 0; n < 20; n++) {
                put(laundry, "b" + n, "b", n);
            }
            put(laundry, "x", "b", 2);
            laundry.publish("x", null);
            put(laundry, "end", "a", 3);
            a.await("\"k\":\"end\"");
            knowsNothingOfB(a);
            assertThat(a.lines())
                    .filteredOn(line -> line.contains("\"op\":\"reset\""))
                    .hasSize(1);
            assertThat(a.await("\"op\":\"reset\"")).contains("\"reason\":\"access\"");
        }
    }

    @Test
    void conflatedEventsAreTheirOwn() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            SessionProbe a = live(laundry, "a", ",\"every\":100");
            for (int n = 0; n < 200; n++) {
                put(laundry, "b" + n % 3, "b", n);
                put(laundry, "a" + n % 3, "a", n);
            }
            a.await("\"n\":199,");
            knowsNothingOfB(a);
        }
    }

    @Test
    void aSessionThatFellBehindGetsItsOwnState() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey().retain(SMALL))) {
            put(laundry, "x", "a", 1);
            SessionProbe a = live(laundry, "a", "");
            a.stopReading();
            put(laundry, "a1", "a", 2);
            put(laundry, "x", "b", 3);
            for (int n = 0; n < 20_000; n++) {
                laundry.source().publish("b" + n % 7, "{\"n\":" + n + ",\"tenant\":\"b\",\"of\":\"secret-b\"}");
            }
            put(laundry, "a1", "a", 4);
            a.readAgain();
            a.await("\"n\":4,");
            knowsNothingOfB(a);
        }
    }

    @Test
    void aRowThatMovesAwayBetweenTwoPassesLeaves() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            SessionProbe a = live(laundry, "a", ",\"every\":50");
            for (int n = 0; n < 200; n += 10) {
                put(laundry, "x", "a", n);
                a.await("\"n\":" + n + ",");
                put(laundry, "x", "a", n + 1);
                put(laundry, "x", "b", n + 2);
                put(laundry, "x", "b", n + 3);
                put(laundry, "y", "a", n + 4);
                a.await("\"n\":" + (n + 4) + ",");
                assertThat(told(a.events())).containsSubsequence("x " + n, "x left");
                assertThat(told(a.events()).stream().filter(row -> row.startsWith("x")))
                        .last()
                        .isEqualTo("x left");
            }
            assertThat(a.lines()).noneMatch(line -> line.contains("secret-b"));
        }
    }

    @Test
    void theLastOnesAreItsOwnLastOnes() {
        try (Laundry laundry = laundry(channel -> channel)) {
            for (int n = 1; n <= 5; n++) {
                put(laundry, "a", "a", n);
                for (int other = 0; other < 4; other++) {
                    put(laundry, "b", "b", 10 * n + other);
                }
            }
            SessionProbe full = live(laundry, "a", ",\"from\":\"last:2\"");
            SessionProbe plain = plain(laundry, "a", Map.of("from", List.of("last:2")));
            plain.await("\"n\":5,");
            assertThat(Wire.numbers(full.events())).containsExactly(4, 5);
            assertThat(Wire.numbers(plain.lines())).containsExactly(4, 5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "earliest", "last:100", "since:PT5M"})
    void plainClientsToo(String from) {
        try (Laundry laundry = laundry(channel -> channel)) {
            put(laundry, "b1", "b", 1);
            SessionProbe a = plain(laundry, "a", Map.of("from", List.of(from)));
            AtomicInteger number = new AtomicInteger(1);
            Await.until("its own rows", Duration.ofSeconds(10), () -> {
                put(laundry, "b1", "b", number.incrementAndGet());
                put(laundry, "a1", "a", number.incrementAndGet());
                return !a.lines().isEmpty();
            });
            String asked = "{\"or\":[{\"eq\":[\"/tenant\",\"a\"]},{\"eq\":[\"/n\",8000]}]}";
            SessionProbe b = plain(laundry, "b", Map.of("where", List.of(asked), "from", List.of("earliest")));
            put(laundry, "b1", "b", 7_000);
            laundry.publish("b1", null);
            put(laundry, "a1", "a", 7_001);
            put(laundry, "b1", "b", 8_000);
            a.await("\"n\":7001,");
            b.await("\"n\":8000,");
            assertThat(a.lines()).allMatch(line -> line.contains("secret-a"));
            assertThat(b.lines()).hasSize(1);
        }
    }

    @Test
    void aPlainClientIsToldNoValueOfARowThatMovedAway() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            SessionProbe a = plain(laundry, "a", Map.of("from", List.of("earliest")));
            put(laundry, "x", "a", 1);
            a.await("\"n\":1,");
            put(laundry, "x", "b", 2);
            put(laundry, "x", "b", 3);
            put(laundry, "y", "a", 4);
            a.await("\"n\":4,");
            assertThat(a.lines()).hasSize(3).element(1).isEqualTo("null");
        }
    }

    private static SessionProbe plain(Laundry laundry, String user, Map<String, List<String>> query) {
        return SessionProbe.open(laundry.sink(), List.of(), query, Caller.named(user), true);
    }
}
