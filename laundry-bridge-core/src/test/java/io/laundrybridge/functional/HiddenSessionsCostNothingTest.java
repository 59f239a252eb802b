package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Time passes for the sink only if a test says so: no tick looks at a session. */
class HiddenSessionsCostNothingTest {
    private static final String LIVE = "\"op\":\"live\"";
    private static final String HIDE = "{\"op\":\"view\",\"hidden\":true}";
    private static final String HIDE_LATEST = "{\"op\":\"view\",\"hidden\":true,\"onReturn\":\"latest\"}";
    private static final String SHOW = "{\"op\":\"view\",\"hidden\":false}";
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);
    private static final String BEGIN = "{\"op\":\"snapshot\",\"ch\":\"machines\",\"state\":\"begin\"}";
    private static final Duration SOON = Duration.ofSeconds(30);

    /** A snapshot that is a second old may be shared. */
    private static final Duration IMAGE_AGE = Duration.ofSeconds(2);

    private final AtomicLong nanos = new AtomicLong(1);

    private Laundry laundry(UnaryOperator<ChannelBuilder> channel) {
        HostServices services = HostServices.standard().withClock(InstantSource.system(), nanos::get);
        HostServices atSource = HostServices.standard().withClock(InstantSource.system(), nanos::get);
        return Laundry.open(
                settings -> channel.apply(settings.services(atSource)),
                sink -> sink.services(services).workers(1));
    }

    private static SessionProbe live(Laundry laundry) {
        SessionProbe session = SessionProbe.full(laundry.sink()).subscribe("machines", "");
        session.await(LIVE);
        return session;
    }

    private static SessionProbe hidden(Laundry laundry, String hide) {
        SessionProbe session = live(laundry).say(hide);
        session.say("{\"op\":\"ping\",\"id\":9}").await("pong");
        return session;
    }

    @Test
    void nothingButAnswersAndBeatsComesAndThenEveryEventThatWasMissed() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe session = hidden(laundry, HIDE);
            laundry.publish(0, 300);
            session.say("{\"op\":\"ping\",\"id\":5}").await("\"id\":5");
            session.awaitBeatAfter(Duration.ofSeconds(26), nanos);
            assertThat(session.events()).isEmpty();
            session.say(SHOW);
            session.awaitEvents(300);
            laundry.publish(300, 3);
            assertThat(Wire.numbers(session.awaitEvents(303))).containsExactlyElementsOf(Wire.range(0, 303));
            assertThat(session.lines().stream().filter(line -> line.contains(LIVE)))
                    .hasSize(2);
        }
    }

    @Test
    void aPageThatAsksForTheLatestGetsTheNewestOfEachKeyAndAllWithoutKey() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe session = hidden(laundry, HIDE_LATEST);
            laundry.publish(0, 300);
            laundry.source().publish(null, "{\"n\":1000}");
            laundry.source().publish(null, "{\"n\":1001}");
            laundry.publish(300, 5);
            session.say("{\"op\":\"ping\",\"id\":5}").await("\"id\":5");
            session.awaitBeatAfter(Duration.ofSeconds(26), nanos);
            assertThat(session.events()).isEmpty();
            session.say(SHOW);
            session.await(
                    "live again",
                    line -> line.contains(LIVE) && session.events().size() >= 12);
            assertThat(Wire.numbers(session.events()))
                    .containsExactly(295, 296, 297, 298, 299, 1000, 1001, 300, 301, 302, 303, 304);
            laundry.publish(305, 3);
            session.awaitEvents(15);
            session.say(HIDE);
            laundry.publish(308, 30);
            session.say(SHOW);
            assertThat(Wire.numbers(session.awaitEvents(45)).subList(15, 45))
                    .containsExactlyElementsOf(Wire.range(308, 338));
        }
    }

    @Test
    void aPageMayAskForTheLatestWhenItIsBack() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe session = hidden(laundry, HIDE);
            laundry.publish(0, 300);
            session.say("{\"op\":\"view\",\"hidden\":false,\"onReturn\":\"latest\"}");
            assertThat(Wire.numbers(session.awaitEvents(10))).containsExactlyElementsOf(Wire.range(290, 300));
        }
    }

    @Test
    void aChannelWithStateSendsTheNewestOfEachKey() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            SessionProbe session = hidden(laundry, HIDE);
            laundry.publish(0, 300);
            session.say(SHOW);
            assertThat(Wire.numbers(session.awaitEvents(10))).containsExactlyElementsOf(Wire.range(290, 300));
        }
    }

    @Test
    void aSessionThatSelectsIsCaughtUpAndGetsItsKeysAgain() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe session = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"keys\":[\"m-1\"]");
            session.await(LIVE);
            laundry.publish(0, 30);
            session.awaitEvents(3);
            session.say(HIDE);
            laundry.publish(30, 70);
            session.say(SHOW);
            session.awaitEvents(10);
            for (int n = 100; n < 200; n++) {
                laundry.publish(n, 1);
            }
            assertThat(Wire.numbers(session.awaitEvents(20)))
                    .containsExactly(
                            1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 101, 111, 121, 131, 141, 151, 161, 171, 181, 191);
        }
    }

    @Test
    void aStateChannelSendsItsStateAgainIfTheLogLostEvents() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey().retain(SMALL))) {
            SessionProbe session = hidden(laundry, HIDE);
            laundry.publish(0, 5_000);
            session.say(SHOW);
            session.await("a second snapshot", line -> line.contains("\"count\":10"));
            assertThat(Wire.numbers(session.events())).containsExactlyElementsOf(Wire.range(4_990, 5_000));
            assertThat(session.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void aStreamReplaysItsMissedEventsWithEveryPolicyForSlowReaders(FallBehind policy) {
        try (Laundry laundry = laundry(channel -> channel.retain(SMALL).fallBehind(policy))) {
            SessionProbe session = hidden(laundry, HIDE);
            laundry.publish(0, 3_000);
            session.say(SHOW);
            assertThat(Wire.numbers(session.awaitEvents(3_000))).containsExactlyElementsOf(Wire.range(0, 3_000));
            assertThat(session.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
        }
    }

    @Test
    void recordsBeyondTheBudgetAreAGapOfReasonLimitAndTheRestFollows() {
        try (Laundry laundry = laundry(channel -> channel.retain(SMALL).replay(new ReplayBudget(100, 1 << 20)))) {
            SessionProbe session = hidden(laundry, HIDE);
            laundry.publish(0, 3_000);
            session.say(SHOW);
            String gap = session.await("\"op\":\"gap\"");
            assertThat(gap).contains("\"from\":\"0@0\"").contains("\"reason\":\"limit\"");
            Await.until("the newest", SOON, () -> Wire.numbers(session.events()).contains(2_999));
            List<Integer> came = Wire.numbers(session.events());
            assertThat(came).containsExactlyElementsOf(Wire.range(came.get(0), 3_000));
            assertThat(gap).contains("\"to\":\"0@" + came.get(0) + "\"");
        }
    }

    @Test
    void aPageOpenedInTheBackgroundKeepsItsFirstPlaceWhereItsConnectionBreaks() {
        try (Laundry laundry = laundry(channel -> channel)) {
            laundry.publish(0, 3);
            SessionProbe session = SessionProbe.full(laundry.sink()).say(HIDE).subscribe("machines", "");
            String place = session.await("\"op\":\"bookmark\"").replaceAll(".*\"at\":\"|\".*", "");
            assertThat(place).endsWith(":0@3");
            laundry.publish(3, 30);
            session.cut();
            SessionProbe back =
                    SessionProbe.full(laundry.sink()).say(HIDE).subscribe("machines", ",\"from\":\"at:" + place + "\"");
            back.await("\"op\":\"bookmark\"");
            laundry.publish(33, 7);
            back.say(SHOW);
            assertThat(Wire.numbers(back.awaitEvents(37))).containsExactlyElementsOf(Wire.range(3, 40));
        }
    }

    @Test
    void aHiddenPageOfAStreamThatIsMadeAgainGetsTheResetOnReturn() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe session = hidden(laundry, HIDE);
            laundry.publish(0, 30);
            laundry.source().recreate();
            laundry.publish(50, 5);
            session.say(SHOW);
            session.await("\"op\":\"reset\"");
            assertThat(Wire.numbers(session.awaitEvents(5))).containsExactlyElementsOf(Wire.range(50, 55));
        }
    }

    @Test
    void aPositionStaysWhereTheClientHasBeen() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe session = live(laundry);
            laundry.publish(0, 3);
            session.awaitEvents(3);
            session.say(HIDE);
            laundry.publish(3, 30);
            session.awaitBeatAfter(Duration.ofSeconds(26), nanos);
            assertThat(session.lines()).noneMatch(line -> line.contains("\"op\":\"bookmark\""));
            String head = Wire.head(session.await("\"op\":\"subscribed\""));
            SessionProbe back =
                    SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"at:" + head + ":0@3\"");
            assertThat(Wire.numbers(back.awaitEvents(30))).containsExactlyElementsOf(Wire.range(3, 33));
        }
    }

    @Test
    void aHiddenSubscribeIsAnsweredAndGetsTheStateOnReturn() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            laundry.publish(0, 50);
            SessionProbe session = SessionProbe.full(laundry.sink()).say(HIDE).subscribe("machines", ",\"flush\":50");
            session.await("\"op\":\"subscribed\"");
            session.say("{\"op\":\"ping\",\"id\":9}").await("pong");
            assertThat(session.events()).isEmpty();
            laundry.publish(50, 10);
            nanos.addAndGet(IMAGE_AGE.toNanos());
            session.say(SHOW).await("\"count\":10");
            assertThat(Wire.numbers(session.events())).containsExactlyElementsOf(Wire.range(50, 60));
            session.await(LIVE);
        }
    }

    @Test
    void hidingInTheMiddleOfASnapshotStartsItAnew() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            for (int n = 0; n < 1_000; n++) {
                laundry.source().publish("k-" + n, "{\"n\":" + n + ",\"x\":\"" + "x".repeat(200) + "\"}");
            }
            laundry.publish(1_000, 1);
            SessionProbe session = SessionProbe.full(laundry.sink());
            session.await("welcome");
            session.stopReading();
            session.subscribe("machines", "").say(HIDE);
            session.await("\"state\":\"begin\"");
            session.say("{\"op\":\"ping\",\"id\":9}");
            session.readAgain();
            session.await("pong");
            assertThat(session.events().size()).isLessThan(1_001);
            session.say(SHOW).await("\"count\":1001");
            List<String> lines = session.lines();
            List<String> anew = lines.subList(lines.lastIndexOf(BEGIN), lines.size());
            assertThat(lines.indexOf(BEGIN)).isNotEqualTo(lines.lastIndexOf(BEGIN));
            assertThat(anew.stream().filter(line -> line.startsWith("{\"ch\""))).hasSize(1_001);
        }
    }
}
