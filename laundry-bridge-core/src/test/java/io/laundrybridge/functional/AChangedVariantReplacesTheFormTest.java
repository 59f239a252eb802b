package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.MovingRights;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights of an open page change so that another variant of the channel is the first that it may have. */
class AChangedVariantReplacesTheFormTest {
    private static final String PRICE = "\"price\"";

    private final MovingRights rights = new MovingRights();

    /** What a value is read into. */
    record Order(int n, int price) {}

    /** What a caller without the right to prices sees. */
    record WithoutPrice(int n) {}

    private Laundry laundry(boolean state) {
        return Laundry.open(
                channel -> (state ? channel.latestByKey() : channel)
                        .access(Access.role("accounting"))
                        .variant(
                                "without-price",
                                Access.authenticated(),
                                records -> records.map(Order.class, order -> new WithoutPrice(order.n()))),
                rights::in);
    }

    private static void put(Laundry laundry, int n) {
        laundry.publish("o-" + n % 5, "{\"n\":" + n + ",\"price\":77}");
    }

    private static Caller ada(boolean accounting) {
        return Caller.named("ada").withRoles(accounting ? List.of("accounting") : List.of());
    }

    private static SessionProbe open(Laundry laundry, boolean accounting) {
        return SessionProbe.open(laundry.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), ada(accounting), true);
    }

    /** Returns the lines after the last reset. */
    private static List<String> sinceReset(SessionProbe page) {
        List<String> lines = page.lines();
        int at = lines.size();
        while (!lines.get(at - 1).contains("\"op\":\"reset\"")) {
            at--;
        }
        return lines.subList(at, lines.size());
    }

    private static List<Integer> numbers(List<String> lines) {
        return Wire.numbers(
                lines.stream().filter(line -> line.startsWith("{\"ch\":")).toList());
    }

    private void becomes(boolean accounting, SessionProbe page, int resets) {
        rights.become("ada", caller -> ada(accounting));
        page.await(
                "reset " + resets,
                line -> page.lines().stream()
                                .filter(each ->
                                        each.contains("\"op\":\"reset\"") && each.contains("\"reason\":\"access\""))
                                .count()
                        >= resets);
    }

    @ParameterizedTest
    @CsvSource({"true,false", "true,true", "false,false", "false,true"})
    void thePageGoesOnInTheFormThatItMayHave(boolean state, boolean hidden) {
        try (Laundry laundry = laundry(state)) {
            SessionProbe page = open(laundry, true).subscribe("machines", "");
            page.await("\"op\":\"live\"");
            for (int n = 0; n < 10; n++) {
                put(laundry, n);
            }
            assertThat(page.awaitEvents(10)).allMatch(line -> line.contains(PRICE));
            page.say("{\"op\":\"view\",\"hidden\":" + hidden + "}");
            page.say("{\"op\":\"ping\",\"id\":1}").await("pong");

            becomes(false, page, 1);
            for (int n = 10; n < 15; n++) {
                put(laundry, n);
            }
            page.say("{\"op\":\"view\",\"hidden\":false}");
            page.await("{\"n\":14}");
            List<String> since = sinceReset(page);
            assertThat(since).noneMatch(line -> line.contains(PRICE));
            assertThat(since.stream().anyMatch(line -> line.contains("\"state\":\"end\"")))
                    .isEqualTo(state);
            assertThat(numbers(since)).endsWith(10, 11, 12, 13, 14);
            if (!state) {
                assertThat(numbers(since)).hasSize(5);
            }

            becomes(true, page, 2);
            put(laundry, 15);
            page.await("\"n\":15,");
            assertThat(sinceReset(page))
                    .filteredOn(line -> line.startsWith("{\"ch\":"))
                    .hasSizeGreaterThanOrEqualTo(state ? 6 : 1)
                    .allMatch(line -> line.contains(PRICE));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKeyThatCameIntoViewMeanwhileComesInTheNewForm(boolean state) {
        try (Laundry laundry = laundry(state)) {
            SessionProbe page = open(laundry, true).subscribe("machines", "");
            page.await("\"op\":\"live\"");
            page.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[\"o-1\"]}");
            page.say("{\"op\":\"view\",\"hidden\":true}");
            page.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[\"o-1\",\"o-2\"]}");
            page.say("{\"op\":\"ping\",\"id\":1}").await("pong");
            for (int n = 0; n < 10; n++) {
                put(laundry, n);
            }
            becomes(false, page, 1);
            page.say("{\"op\":\"view\",\"hidden\":false}");
            page.await("{\"n\":7}");
            assertThat(page.lines()).noneMatch(line -> line.contains(PRICE));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPlaceFromTheOtherFormIsNoneInThisOne(boolean state) {
        try (Laundry laundry = laundry(state)) {
            SessionProbe page = open(laundry, true).subscribe("machines", "");
            String head = Wire.head(page.await("\"op\":\"subscribed\""));
            for (int n = 0; n < 10; n++) {
                put(laundry, n);
            }
            page.awaitEvents(10);
            rights.become("ada", caller -> ada(false));
            SessionProbe back =
                    SessionProbe.open(laundry.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), ada(false), true);
            back.subscribe("machines", ",\"from\":\"at:" + head + ":0@5\"");
            assertThat(back.await("\"op\":\"reset\"")).contains("\"reason\":\"access\"");
            back.await("\"op\":\"live\"");
            put(laundry, 10);
            back.await("{\"n\":10}");
            assertThat(numbers(back.lines())).contains(state ? 9 : 10);
            assertThat(back.lines()).noneMatch(line -> line.contains(PRICE));
        }
    }

    @Test
    void aPlainClientIsClosed() {
        try (Laundry laundry = laundry(false)) {
            put(laundry, 1);
            SessionProbe plain =
                    SessionProbe.open(laundry.sink(), List.of(), Map.of("from", List.of("last:10")), ada(true), true);
            plain.await(PRICE);
            rights.become("ada", caller -> ada(false));
            assertThat(plain.awaitClose()).isEqualTo(4410);
        }
    }
}
