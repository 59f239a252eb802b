package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Retention;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnlyKeysInViewAreSentTest {
    private static final String LIVE = "\"op\":\"live\"";

    private static SessionProbe live(Laundry laundry, String rest) {
        SessionProbe session = SessionProbe.full(laundry.sink()).subscribe("machines", rest);
        session.await(LIVE);
        return session;
    }

    private static void view(SessionProbe session, String keys) {
        session.say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":" + keys + "}");
        int pongs = session.lines().size();
        session.say("{\"op\":\"ping\",\"id\":" + pongs + "}").await("{\"op\":\"pong\",\"id\":" + pongs + "}");
    }

    private static List<String> values(SessionProbe session) {
        return session.events().stream()
                .filter(event -> !event.contains("\"at\""))
                .toList();
    }

    @Test
    void ofAStreamKeysThatComeIntoViewBringTheirNewestEventWithoutAPlace() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            view(session, "[\"m-1\"]");
            laundry.publish(0, 100);
            assertThat(Wire.numbers(session.awaitEvents(10))).containsExactly(1, 11, 21, 31, 41, 51, 61, 71, 81, 91);
            view(session, "[\"m-1\",\"m-2\",\"nobody\"]");
            assertThat(session.awaitEvents(11).get(10))
                    .startsWith("{\"ch\":\"machines\",\"ts\":")
                    .endsWith(",\"k\":\"m-2\",\"v\":{\"n\":92}}");
            laundry.publish(100, 10);
            assertThat(Wire.numbers(session.awaitEvents(13))).endsWith(101, 102);
        }
    }

    @Test
    void ofAFilteredStreamTheyBringTheNewestEventThatMatches() {
        try (Laundry laundry = Laundry.open(channel -> channel.filterFields("/n"), sink -> sink)) {
            SessionProbe session = live(laundry, ",\"where\":{\"lt\":[\"/n\",50]}");
            view(session, "[]");
            laundry.publish(0, 100);
            view(session, "[\"m-1\",\"m-2\"]");
            session.await("\"op\":\"bookmark\"");
            assertThat(Wire.numbers(session.events())).containsExactly(41, 42);
        }
    }

    @Test
    void ofAStateChannelTheyBringTheirValueHoweverOldAndNullIfTheyHaveNone() {
        Retention small = Retention.of(Duration.ofMinutes(10), 64 << 10);
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey().retain(small), sink -> sink)) {
            laundry.source().publish("old", "{\"n\":7}");
            laundry.publish(0, 5_000);
            SessionProbe session = SessionProbe.full(laundry.sink());
            session.subscribe("machines", "").await(LIVE);
            view(session, "[]");
            int before = session.events().size();
            laundry.publish(5_000, 10);
            view(session, "[\"old\",\"m-3\",\"gone\"]");
            session.awaitEvents(before + 3);
            assertThat(values(session))
                    .hasSize(3)
                    .anyMatch(line -> line.endsWith("\"k\":\"old\",\"v\":{\"n\":7}}"))
                    .anyMatch(line -> line.endsWith("\"k\":\"m-3\",\"v\":{\"n\":5003}}"))
                    .anyMatch(line -> line.endsWith("\"k\":\"gone\",\"v\":null}"));
            laundry.publish(5_010, 10);
            assertThat(Wire.number(session.awaitEvents(before + 4).get(before + 3)))
                    .isEqualTo(5_013);
        }
    }

    @Test
    void allAgainIsASnapshotOrTheNewestOfEveryOtherKey() {
        try (Laundry state = Laundry.open(channel -> channel.latestByKey(), sink -> sink);
                Laundry stream = Laundry.open()) {
            SessionProbe ofState = live(state, "");
            SessionProbe ofStream = live(stream, "");
            view(ofState, "[\"m-1\"]");
            view(ofStream, "[\"m-1\"]");
            state.publish(0, 100);
            stream.publish(0, 100);
            ofState.awaitEvents(10);
            ofStream.awaitEvents(10);
            view(ofState, "null");
            ofState.await("a snapshot of all", line -> line.contains("\"count\":10"));
            view(ofStream, "null");
            ofStream.awaitEvents(19);
            assertThat(Wire.numbers(values(ofStream))).containsExactly(90, 92, 93, 94, 95, 96, 97, 98, 99);
            stream.publish(100, 10);
            assertThat(Wire.numbers(ofStream.awaitEvents(29)))
                    .endsWith(100, 101, 102, 103, 104, 105, 106, 107, 108, 109);
        }
    }

    @Test
    void aPrefixIsAViewAndTheSubscriptionsOwnSelectionStays() {
        try (Laundry laundry = Laundry.open()) {
            laundry.source().publish("n-1", "{\"n\":-1}");
            SessionProbe session = live(laundry, ",\"keys\":[\"m-1\",\"m-2\"]");
            view(session, "[\"m-2\",\"m-3\"]");
            laundry.publish(0, 20);
            assertThat(Wire.numbers(session.awaitEvents(2))).containsExactly(2, 12);
            view(session, "[\"m*\",\"n*\"]");
            assertThat(Wire.numbers(session.awaitEvents(4)).subList(2, 4)).containsExactlyInAnyOrder(11, 12);
        }
    }

    @Test
    void aResumeIsMadeWholeByTwoViews() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe first = live(laundry, "");
            view(first, "[\"m-1\"]");
            laundry.publish(0, 40);
            first.awaitEvents(4);
            String head = Wire.head(first.await("\"op\":\"subscribed\""));
            SessionProbe back = SessionProbe.full(laundry.sink())
                    .subscribe("machines", ",\"from\":\"at:" + head + ":0@32\"")
                    .say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[]}")
                    .say("{\"op\":\"view\",\"ch\":\"machines\",\"keys\":[\"m-1\",\"m-5\"]}");
            back.await("m-1", line -> line.endsWith("\"v\":{\"n\":31}}"));
            back.await("m-5", line -> line.endsWith("\"v\":{\"n\":35}}"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResumeThatSaysItsViewIsMadeWholeByOneLine(boolean state) {
        try (Laundry laundry = Laundry.open(channel -> state ? channel.latestByKey() : channel, sink -> sink)) {
            SessionProbe first = live(laundry, "");
            laundry.publish(0, 40);
            first.awaitEvents(40);
            String head = Wire.head(first.await("\"op\":\"subscribed\""));
            SessionProbe back = SessionProbe.full(laundry.sink())
                    .subscribe("machines", ",\"from\":\"at:" + head + ":0@32\",\"view\":[\"m-1\",\"m-5\"]");
            back.await("\"op\":\"bookmark\"");
            assertThat(Wire.numbers(values(back))).containsExactlyInAnyOrder(31, 35);
            laundry.publish(40, 10);
            back.await("m-5", line -> line.endsWith("\"v\":{\"n\":45}}"));
            assertThat(Wire.numbers(back.events()))
                    .allMatch(n -> n % 10 == 1 || n % 10 == 5)
                    .endsWith(41, 45);
        }
    }

    @Test
    void aResumeMaySayThatAllIsInViewAgain() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey(), sink -> sink)) {
            SessionProbe first = live(laundry, "");
            laundry.publish(0, 40);
            first.awaitEvents(40);
            String head = Wire.head(first.await("\"op\":\"subscribed\""));
            SessionProbe back = SessionProbe.full(laundry.sink())
                    .subscribe("machines", ",\"from\":\"at:" + head + ":0@40\",\"view\":null");
            back.await("a snapshot of all", line -> line.contains("\"count\":10"));
        }
    }

    @Test
    void aSubscribeThatSaysItsViewGetsNothingElseNotEvenInASnapshot() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey(), sink -> sink)) {
            laundry.publish(0, 100);
            SessionProbe session = live(laundry, ",\"view\":[\"m-1\"]");
            assertThat(session.await("\"count\"")).contains("\"count\":1");
            session.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\",\"view\":[\"m-2\"]}");
            session.await("a second snapshot", line -> line.contains("\"id\":2"));
            laundry.publish(100, 10);
            session.await("m-2", line -> line.endsWith("\"v\":{\"n\":102}}"));
            assertThat(Wire.numbers(session.events())).containsExactly(91, 92, 102);
            assertThat(values(session)).isEmpty();
        }
    }

    @Test
    void aViewSaidInASubscribeHasAsManyKeysAsASubscription() {
        try (Laundry laundry = Laundry.open(channel -> channel, sink -> sink.limits(Limits.with("limits.keys", "2")))) {
            SessionProbe session = SessionProbe.full(laundry.sink());
            session.subscribe("machines", ",\"view\":[\"a\",\"b\",\"c\"]");
            assertThat(session.await("\"op\":\"error\""))
                    .contains("limit_exceeded")
                    .contains("at most 2 keys");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hidden\":1",
                "\"hidden\":true,\"ch\":\"machines\"",
                "\"hidden\":true,\"onReturn\":\"some\"",
                "\"keys\":[\"m-1\"]",
                "\"ch\":\"machines\",\"keys\":\"m-1\"",
                "\"ch\":\"machines\",\"keys\":[1]",
                "\"ch\":\"dryers\",\"keys\":[\"m-1\"]"
            })
    void aWrongViewIsRefusedAndChangesNothing(String fields) {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe session = live(laundry, "");
            session.say("{\"op\":\"view\",\"id\":5," + fields + "}");
            assertThat(session.await("\"id\":5")).contains("bad_request");
            laundry.publish(0, 10);
            session.awaitEvents(10);
        }
    }

    @Test
    void aViewHasAsManyKeysAsASubscription() {
        try (Laundry laundry = Laundry.open(channel -> channel, sink -> sink.limits(Limits.with("limits.keys", "2")))) {
            SessionProbe session = live(laundry, "");
            session.say("{\"op\":\"view\",\"id\":5,\"ch\":\"machines\",\"keys\":[\"a\",\"b\",\"c\"]}");
            assertThat(session.await("\"id\":5")).contains("limit_exceeded").contains("at most 2 keys");
        }
    }
}
