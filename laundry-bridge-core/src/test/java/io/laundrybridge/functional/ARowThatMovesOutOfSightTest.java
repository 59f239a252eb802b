package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A row moves to another tenant while the page of the first does not look: it is hidden, or views other keys. */
class ARowThatMovesOutOfSightTest {
    private static final Access ROWS = (caller, channel) -> Grant.rows(RowFilter.eq("/tenant", caller.name()));

    private static Laundry laundry(boolean state) {
        return Laundry.open(
                channel -> (state ? channel.latestByKey() : channel)
                        .filterFields("/tenant")
                        .access(ROWS),
                sink -> sink);
    }

    private static void put(Laundry laundry, String key, String tenant, int n) {
        laundry.publish(key, "{\"n\":" + n + ",\"tenant\":\"" + tenant + "\",\"of\":\"secret-" + tenant + "\"}");
    }

    /** The page of tenant a, which shows rows k and x; row m is tenant b's. */
    private static SessionProbe page(Laundry laundry) {
        SessionProbe page =
                SessionProbe.open(laundry.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.named("a"), true);
        page.subscribe("machines", "").await("\"op\":\"live\"");
        put(laundry, "k", "a", 1);
        put(laundry, "m", "b", 2);
        put(laundry, "x", "a", 3);
        page.await("\"n\":3,");
        return page;
    }

    /** Row k becomes tenant b's, and m tenant a's. */
    private static void move(Laundry laundry) {
        put(laundry, "k", "b", 11);
        put(laundry, "m", "a", 12);
        put(laundry, "x", "a", 13);
        put(laundry, "k", "b", 14);
    }

    private static void settled(SessionProbe page) {
        int id = page.lines().size() + 100;
        page.say("{\"op\":\"ping\",\"id\":" + id + "}").await("{\"op\":\"pong\",\"id\":" + id + "}");
    }

    /** Returns what a page shows that follows the protocol. */
    private static Map<String, Integer> shown(SessionProbe page) {
        Map<String, Integer> shown = new TreeMap<>();
        for (String line : page.lines()) {
            String key = line.replaceAll(".*\"k\":\"([^\"]*)\".*", "$1");
            if (line.contains("\"state\":\"begin\"")) {
                shown.clear();
            } else if (line.endsWith("\"v\":null}")) {
                shown.remove(key);
            } else if (line.startsWith("{\"ch\":")) {
                shown.put(key, Wire.number(line));
            }
        }
        return shown;
    }

    private static void knowsNothingOfB(SessionProbe page) {
        assertThat(page.lines()).noneMatch(line -> line.contains("secret-b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"onReturn\":\"latest\""})
    void ofAStateAHiddenPageShowsOnReturnWhatIsItsOwnNow(String onReturn) {
        try (Laundry laundry = laundry(true)) {
            SessionProbe page = page(laundry);
            page.say("{\"op\":\"view\",\"hidden\":true" + onReturn + "}");
            settled(page);
            move(laundry);
            page.say("{\"op\":\"view\",\"hidden\":false}");
            page.await("\"n\":13,");
            page.await("\"n\":12,");
            settled(page);
            put(laundry, "x", "a", 20);
            page.await("\"n\":20,");
            assertThat(shown(page)).isEqualTo(Map.of("m", 12, "x", 20));
            put(laundry, "k", "a", 21);
            page.await("\"n\":21,");
            assertThat(shown(page)).isEqualTo(Map.of("k", 21, "m", 12, "x", 20));
            knowsNothingOfB(page);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',3", "',\"onReturn\":\"latest\"',0"})
    void ofAStreamAHiddenPageGetsOnReturnWhatIsItsOwn(String onReturn, int earlier) {
        try (Laundry laundry = laundry(false)) {
            SessionProbe page = page(laundry);
            page.say("{\"op\":\"view\",\"hidden\":true" + onReturn + "}");
            settled(page);
            int before = page.lines().size();
            move(laundry);
            page.say("{\"op\":\"view\",\"hidden\":false}");
            page.await("\"n\":13,");
            put(laundry, "x", "a", 20);
            page.await("\"n\":20,");
            assertThat(Wire.numbers(page.linesFrom(before).stream()
                            .filter(line -> line.startsWith("{\"ch\":"))
                            .toList()))
                    .filteredOn(n -> n > earlier)
                    .containsSubsequence(12, 13, 20)
                    .isSubsetOf(1, 12, 13, 20);
            knowsNothingOfB(page);
        }
    }

    @ParameterizedTest
    @CsvSource({"true,false", "true,true", "false,false", "false,true"})
    void aPageThatViewsOtherKeysShowsOfAllWhatIsItsOwnNow(boolean state, boolean hidden) {
        try (Laundry laundry = laundry(state)) {
            SessionProbe page = page(laundry);
            page.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[\"x\"]}");
            page.say("{\"op\":\"view\",\"hidden\":" + hidden + "}");
            settled(page);
            move(laundry);
            page.say("{\"op\":\"view\",\"hidden\":false}");
            page.await("\"n\":13,");
            assertThat(page.lines()).noneMatch(line -> line.contains("\"n\":12,"));
            page.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":null}");
            page.await("\"n\":12,");
            put(laundry, "x", "a", 20);
            page.await("\"n\":20,");
            if (state) {
                assertThat(shown(page)).isEqualTo(Map.of("m", 12, "x", 20));
            }
            knowsNothingOfB(page);
        }
    }

    @Test
    void aRowThatComesIntoViewAfterItMovedIsAsOneThatNeverWas() {
        try (Laundry laundry = laundry(true)) {
            SessionProbe page = page(laundry);
            page.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[\"x\"]}");
            settled(page);
            move(laundry);
            page.await("\"n\":13,");
            int before = page.lines().size();
            page.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[\"x\",\"k\",\"none\"]}");
            page.await("\"k\":\"none\"");
            page.await("k is gone", line -> line.contains("\"k\":\"k\",\"v\":null}"));
            put(laundry, "k", "b", 30);
            put(laundry, "x", "a", 31);
            page.await("\"n\":31,");
            List<String> since = page.linesFrom(before);
            assertThat(since).filteredOn(line -> line.contains("\"k\":\"k\"")).hasSize(1);
            assertThat(since.stream()
                            .filter(line -> line.endsWith("\"v\":null}"))
                            .map(line -> line.replaceAll("\"(ts\":\\d+|k\":\"\\w+\")", "")))
                    .hasSize(2)
                    .containsOnly("{\"ch\":\"machines\",,,\"v\":null}");
            assertThat(shown(page)).isEqualTo(Map.of("x", 31));
            knowsNothingOfB(page);
        }
    }
}
