package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A view changes while a send is in flight: for each key in view the newest value comes, and none older than an earlier
 * one.
 */
class ChangingViewsLoseNothingTest {
    private static final String LIVE = "\"op\":\"live\"";
    private static final Pattern KEY = Pattern.compile("\"k\":\"([^\"]*)\"");
    private static final String PADDING = "x".repeat(200);

    private static Laundry laundry(boolean state) {
        return Laundry.open(channel -> state ? channel.latestByKey() : channel, sink -> sink.workers(1));
    }

    private static SessionProbe live(Laundry laundry) {
        SessionProbe session = SessionProbe.full(laundry.sink()).subscribe("machines", "");
        session.await(LIVE);
        return session;
    }

    private static void view(SessionProbe session, String keys) {
        session.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":" + keys + "}");
    }

    /** Earlier requests of the session have been handled, though their answers may not have been sent. */
    private static void settle(Laundry laundry) {
        SessionProbe.full(laundry.sink()).await("welcome"); // the single worker comes to this afterwards
    }

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(n -> "\"k-" + n + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private static void publishPadded(Laundry laundry, int key, int number) {
        laundry.publish("k-" + key, padded(number));
    }

    private static String padded(int number) {
        return "{\"n\":" + number + ",\"x\":\"" + PADDING + "\"}";
    }

    /** Returns each key's last number; fails if one went back. */
    private static Map<String, Integer> shown(List<String> events) {
        Map<String, Integer> shown = new LinkedHashMap<>();
        for (String event : events) {
            Matcher key = KEY.matcher(event);
            assertThat(key.find()).isTrue();
            Integer before = shown.put(key.group(1), Wire.number(event));
            assertThat(Wire.number(event)).as(event).isGreaterThanOrEqualTo(before == null ? 0 : before);
        }
        return shown;
    }

    /**
     * Sends three frames of values, of which the client has taken one; each of the thousand keys has its own number.
     */
    private static SessionProbe inTheMiddleOfValues(Laundry laundry) {
        SessionProbe session = live(laundry);
        view(session, "[]");
        for (int n = 0; n < 999; n++) {
            laundry.source().publish("k-" + n, padded(n));
        }
        publishPadded(laundry, 999, 999);
        settle(laundry);
        session.stopReading();
        view(session, keys(800));
        session.awaitEvents(1);
        return session;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aValueDoesNotOvertakeWhatIsStillToCome(boolean state) {
        try (Laundry laundry = laundry(state)) {
            SessionProbe session = live(laundry);
            view(session, "[\"m-1\"]");
            settle(laundry);
            session.stopReading();
            laundry.publish("m-1", "{\"n\":0}");
            session.awaitEvents(1);
            laundry.publish("m-2", "{\"n\":1}");
            laundry.publish("m-2", "{\"n\":2}");
            view(session, "[\"m-1\",\"m-2\"]");
            settle(laundry);
            laundry.publish("m-2", "{\"n\":3}");
            session.readAgain();
            laundry.publish("m-1", "{\"n\":4}");
            session.await("the last", line -> line.endsWith("{\"n\":4}}"));
            assertThat(shown(session.events())).isEqualTo(Map.of("m-1", 4, "m-2", 3));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyThatComesBackIntoViewBringsWhatItMissed(boolean state) {
        try (Laundry laundry = laundry(state)) {
            SessionProbe session = live(laundry);
            view(session, "[\"m-1\"]");
            view(session, "[\"m-2\"]");
            settle(laundry);
            laundry.publish(0, 40);
            session.await("the last of m-2", line -> line.endsWith("{\"n\":32}}"));
            view(session, "[\"m-2\",\"m-1\"]");
            session.await("the missed one", line -> line.endsWith("\"k\":\"m-1\",\"v\":{\"n\":31}}"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysThatComeIntoViewWhileOthersAreSentTakeNoValueAway(boolean state) {
        try (Laundry laundry = laundry(state)) {
            SessionProbe session = inTheMiddleOfValues(laundry);
            assertThat(session.events()).hasSizeLessThan(800);
            view(session, keys(900));
            settle(laundry);
            session.readAgain();
            session.await("bookmark");
            Map<String, Integer> shown = shown(session.events());
            for (int n = 0; n < 900; n++) {
                assertThat(shown).containsEntry("k-" + n, n);
            }
            assertThat(shown).hasSize(900);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsDuringTheSendingOfValuesComeAfterThem(boolean state) {
        try (Laundry laundry = laundry(state)) {
            SessionProbe session = inTheMiddleOfValues(laundry);
            for (int n = 0; n < 1_000; n += 7) {
                laundry.source().publish("k-" + n, padded(10_000 + n));
            }
            session.readAgain();
            session.await("the last", line -> line.contains("{\"n\":10798,"));
            Map<String, Integer> shown = shown(session.events());
            for (int n = 0; n < 800; n++) {
                assertThat(shown).containsEntry("k-" + n, n % 7 == 0 ? 10_000 + n : n);
            }
            assertThat(shown).hasSize(800);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hidingInTheMiddleOfValuesBringsTheRestOnReturn(boolean state) {
        try (Laundry laundry = laundry(state)) {
            SessionProbe session = inTheMiddleOfValues(laundry);
            session.say("{\"op\":\"view\",\"hidden\":true}");
            settle(laundry);
            session.readAgain();
            session.say("{\"op\":\"ping\",\"id\":9}").await("pong");
            assertThat(session.events()).hasSizeLessThan(800);
            publishPadded(laundry, 1, 10_001);
            session.say("{\"op\":\"view\",\"hidden\":false}");
            session.await("bookmark");
            session.await("the update", line -> line.contains("{\"n\":10001,"));
            Map<String, Integer> shown = shown(session.events());
            for (int n = 0; n < 800; n++) {
                assertThat(shown).containsEntry("k-" + n, n == 1 ? 10_001 : n);
            }
            assertThat(shown).hasSize(800);
        }
    }

    @Test
    void keysThatLeaveTheViewUnderWayComeNoMore() {
        try (Laundry laundry = laundry(false)) {
            SessionProbe session = inTheMiddleOfValues(laundry);
            int taken = session.events().size();
            view(session, "[\"k-999\"]");
            settle(laundry);
            session.readAgain();
            session.await("bookmark");
            publishPadded(laundry, 1, 10_001);
            publishPadded(laundry, 999, 10_999);
            session.await("the last", line -> line.contains("{\"n\":10999,"));
            assertThat(session.events()).hasSize(taken + 2);
        }
    }
}
