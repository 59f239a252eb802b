package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.Bridge;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time passes for the sink only if a test says so: lines that arrive without that did not wait. */
class FlushGathersWithoutDelayingControlLinesTest {
    private static final String LIVE = "\"op\":\"live\"";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofMillis(50);

    private final AtomicLong nanos = new AtomicLong(1);
    private final HostServices services = HostServices.standard().withClock(InstantSource.system(), nanos::get);
    private final Laundry laundry = Laundry.open(channel -> channel, sink -> sink.services(services));

    @AfterEach
    void stops() {
        laundry.close();
    }

    private SessionProbe live(String rest) {
        SessionProbe session = SessionProbe.full(laundry.sink()).subscribe("machines", rest);
        session.await(LIVE);
        return session;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Ticks until {@code session} has {@code count} events: a worker may not have seen yet that it must wait. */
    private List<String> tick(SessionProbe session, Duration interval, int count) {
        Await.until(count + " events", SOON, () -> {
            pass(interval);
            return session.events().size() >= count;
        });
        return session.events();
    }

    private static List<String> eventFrames(SessionProbe session) {
        return session.frames().stream()
                .filter(frame -> frame.startsWith("{\"ch\":"))
                .toList();
    }

    @Test
    void eventsComeAtTheTickInOneFrameThatAllShare() {
        SessionProbe first = live(",\"flush\":50");
        SessionProbe second = live(",\"flush\":57");
        SessionProbe prompt = live("");
        laundry.publish(0, 20);
        laundry.publish(20, 20);
        prompt.awaitEvents(40);
        assertThat(first.events()).isEmpty();
        assertThat(Wire.numbers(tick(first, TICK, 40))).containsExactlyElementsOf(Wire.range(0, 40));
        tick(second, TICK, 40);
        assertThat(eventFrames(first)).hasSize(1).isEqualTo(eventFrames(second));
        laundry.publish(40, 1);
        tick(first, TICK, 41);
    }

    @Test
    void answersAndBeatsComeAtOnceAndBringNoEvents() {
        SessionProbe gathering = live(",\"flush\":60000");
        laundry.publish(0, 5);
        gathering.say("{\"op\":\"ping\",\"id\":7}");
        gathering.say("{\"op\":\"dance\",\"id\":8}");
        gathering.await("{\"op\":\"pong\",\"id\":7}");
        gathering.await("unknown_op");
        gathering.awaitBeatAfter(Duration.ofSeconds(26), nanos);
        assertThat(gathering.events()).isEmpty();
    }

    @Test
    void statusComesAtOnce() {
        SessionProbe gathering = live(",\"flush\":50");
        laundry.source().stall("the broker is gone");
        gathering.await("\"state\":\"stale\"");
        laundry.source().resume();
        gathering.await("\"state\":\"fresh\"");
    }

    @Test
    void aGapComesAtOnceAfterTheEventsBeforeIt() {
        SessionProbe gathering = live(",\"flush\":50");
        laundry.publish(0, 3);
        laundry.source().publish("m-1", "{");
        gathering.await("\"reason\":\"undecodable\"");
        assertThat(Wire.numbers(gathering.events())).containsExactly(0, 1, 2);
    }

    @Test
    void aNewEpochOfTheTopicIsReportedAtOnce() {
        SessionProbe gathering = live(",\"flush\":50");
        laundry.source().recreate();
        gathering.await("\"op\":\"reset\"");
        gathering.await(
                "live again", line -> line.contains(LIVE) && gathering.lines().lastIndexOf(line) > 3);
    }

    @Test
    void catchUpDoesNotWaitForTheTick() {
        laundry.publish(0, 500);
        SessionProbe gathering = live(",\"from\":\"last:100\",\"flush\":50");
        assertThat(Wire.numbers(gathering.events())).containsExactlyElementsOf(Wire.range(400, 500));
        assertThat(gathering.lines().get(gathering.lines().size() - 1)).contains(LIVE);
    }

    @Test
    void aNewSessionCatchesUpWithEventsThatOthersStillWaitFor() {
        try (Laundry one =
                Laundry.open(channel -> channel, sink -> sink.services(services).workers(1))) {
            SessionProbe waiting = SessionProbe.full(one.sink()).subscribe("machines", ",\"flush\":50");
            waiting.await(LIVE);
            one.publish(0, 20);
            SessionProbe late = SessionProbe.full(one.sink());
            late.subscribe("machines", ",\"from\":\"last:20\",\"flush\":50").await(LIVE);
            assertThat(Wire.numbers(late.events())).containsExactlyElementsOf(Wire.range(0, 20));
            assertThat(waiting.events()).isEmpty();
            one.publish(20, 1);
            assertThat(Wire.numbers(tick(waiting, TICK, 21))).isEqualTo(Wire.numbers(late.awaitEvents(21)));
        }
    }

    @Test
    void aFullFrameDoesNotWait() {
        SessionProbe gathering = live(",\"flush\":1000");
        laundry.publish(0, 2_000);
        gathering.awaitEvents(900);
        assertThat(Wire.numbers(tick(gathering, Duration.ofSeconds(1), 2_000)))
                .containsExactlyElementsOf(Wire.range(0, 2_000));
    }

    @Test
    void aChangedSubscriptionGathersNoMore() {
        SessionProbe session = live(",\"flush\":60000");
        session.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\"}");
        session.await("\"id\":2");
        laundry.publish(0, 1);
        session.awaitEvents(1);
    }

    @Test
    void theChannelsIntervalIsTheLeast() {
        try (Laundry slow =
                Laundry.open(channel -> channel.flush(Duration.ofSeconds(1)), sink -> sink.services(services))) {
            SessionProbe eager = SessionProbe.full(slow.sink()).subscribe("machines", ",\"flush\":10");
            SessionProbe patient = SessionProbe.full(slow.sink()).subscribe("machines", ",\"flush\":5000");
            eager.await(LIVE);
            patient.await(LIVE);
            slow.publish(0, 1);
            pass(Duration.ofMillis(1));
            eager.say("{\"op\":\"ping\",\"id\":1}").await("pong");
            assertThat(eager.events()).isEmpty();
            pass(Duration.ofSeconds(1));
            eager.awaitEvents(1);
            patient.say("{\"op\":\"ping\",\"id\":1}").await("pong");
            assertThat(patient.events()).isEmpty();
            pass(Duration.ofSeconds(4));
            patient.awaitEvents(1);
        }
    }

    @Test
    void anIntervalOutOfBoundsIsRefusedByName() {
        SessionProbe client = SessionProbe.full(laundry.sink());
        assertThat(client.subscribe("machines", ",\"flush\":9").await("\"id\":1"))
                .contains("bad_request")
                .contains("'flush' must be 10 to 60000 milliseconds");
        assertThatThrownBy(() -> Bridge.from(InMemorySource.named("other"))
                        .channel("other")
                        .flush(Duration.ofMinutes(2)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(
                        "laundry-bridge.channels.other.flush is 2m; expected a duration of 0ms, or of 10ms to 1m");
    }
}
