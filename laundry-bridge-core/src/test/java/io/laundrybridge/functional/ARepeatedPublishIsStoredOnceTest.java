package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.PublishLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.RecordShelf;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The user's name of a message makes a repeat the same message, on whichever session it comes. */
class ARepeatedPublishIsStoredOnceTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RecordShelf shelf = new RecordShelf();
    private final AtomicLong clock = new AtomicLong(System.nanoTime());
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final LaundryBridge bridge = LaundryBridge.builder()
            .settings(Map.of("laundry-bridge.path", "/laundry"))
            .services(HostServices.standard().withTelemetry(telemetry).withClock(InstantSource.system(), clock::get))
            .endpoint(sink -> sink.limits(SessionLimits.builder()
                    .publish(PublishLimits.DEFAULT.withMemory(Duration.ofMinutes(10), 2))
                    .build()))
            .publish("commands", inbound -> inbound.sink(shelf).access(Access.anonymous()))
            .publish("notes", inbound -> inbound.sink(shelf).access(Access.anonymous()))
            .build();

    ARepeatedPublishIsStoredOnceTest() {
        bridge.start();
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    private SessionProbe session(String user) {
        return SessionProbe.open(bridge.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.named(user), true);
    }

    private static String publish(int id, String channel, String mid, String value) {
        return "{\"op\":\"publish\",\"id\":" + id + ",\"mid\":\"" + mid + "\",\"ch\":\"" + channel + "\",\"v\":" + value
                + "}";
    }

    @Test
    void aRepeatAfterTheAnswerGetsTheSamePlaceOnAnotherSession() {
        session("ada").say(publish(1, "commands", "a", "1")).await("\"at\":\"0@0.7\"");
        session("ada").say(publish(9, "commands", "a", "1")).await("{\"op\":\"ack\",\"id\":9,\"at\":\"0@0.7\"}");

        assertThat(shelf.messageIds()).containsExactly("a");
        assertThat(telemetry.sum(Meter.PUBLISHES)).isOne();
        assertThat(telemetry.sum(Meter.PUBLISHES_REPEATED)).isOne();
    }

    @Test
    void aRepeatBeforeTheAnswerWaitsForIt() {
        shelf.hold();
        SessionProbe first = session("ada").say(publish(1, "commands", "a", "1"));
        Await.until("sent", SOON, () -> shelf.records().size() == 1);
        first.cut();
        SessionProbe second = session("ada").say(publish(2, "commands", "a", "1"));
        Await.until("known", SOON, () -> telemetry.sum(Meter.PUBLISHES_REPEATED) == 1);
        shelf.release();

        second.await("{\"op\":\"ack\",\"id\":2,\"at\":\"0@0.7\"}");
        assertThat(shelf.records()).hasSize(1);
    }

    @Test
    void otherUsersChannelsAndMessagesAreNotMistakenForIt() {
        session("ada").say(publish(1, "commands", "a", "1")).await("ack");
        session("bob").say(publish(1, "commands", "a", "1")).await("ack");
        session("ada").say(publish(1, "notes", "a", "1")).await("ack");
        session("ada").say(publish(1, "commands", "b", "1")).await("ack");
        assertThat(shelf.records()).hasSize(4);
    }

    @Test
    void anotherValueUnderTheSameNameIsRefused() {
        SessionProbe session = session("ada");
        session.say(publish(1, "commands", "a", "1")).await("ack");
        assertThat(session.say(publish(2, "commands", "a", "2")).await("\"id\":2"))
                .contains("bad_request")
                .contains("same 'mid'");
        shelf.hold();
        session.say(publish(3, "commands", "b", "1"));
        assertThat(session.say(publish(4, "commands", "b", "{\"x\":1}")).await("\"id\":4"))
                .contains("bad_request");
        assertThat(shelf.values()).containsExactly("1", "1");
    }

    @Test
    void whatWasNotStoredIsTriedAgain() {
        SessionProbe session = session("ada");
        int id = 0;
        for (Failure failure : List.of(Failure.UNAVAILABLE, Failure.BUSY, Failure.OUTCOME_UNKNOWN)) {
            shelf.fail(failure, 1);
            id++;
            session.say(publish(id, "commands", "a" + id, "1")).await("\"id\":" + id + ",\"code\"");
            session.say(publish(10 + id, "commands", "a" + id, "1")).await("{\"op\":\"ack\",\"id\":" + (10 + id));
        }
        assertThat(shelf.records()).hasSize(3);
    }

    @Test
    void onlySoManyAreRememberedAndOnlyForATime() {
        SessionProbe session = session("ada");
        for (String mid : List.of("a", "b", "c")) {
            session.say(publish(mid.charAt(0), "commands", mid, "1")).await("\"id\":" + (int) mid.charAt(0));
        }
        assertThat(telemetry.sum(Meter.PUBLISHES_FORGOTTEN)).isOne();
        assertThat(telemetry.sum(Meter.PUBLISHES_REMEMBERED)).isEqualTo(2);
        session.say(publish(4, "commands", "c", "1")).await("\"id\":4");
        assertThat(shelf.records()).hasSize(3);

        clock.addAndGet(Duration.ofMinutes(9).toNanos());
        session("ada").say(publish(5, "commands", "c", "1")).await("\"id\":5");
        assertThat(shelf.records()).hasSize(3);
        clock.addAndGet(Duration.ofMinutes(2).toNanos());
        Await.until("forgotten", SOON, () -> telemetry.sum(Meter.PUBLISHES_REMEMBERED) == 0);
        session("ada").say(publish(6, "commands", "c", "1")).await("\"id\":6");
        assertThat(shelf.records()).hasSize(4);
    }
}
