package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeException;
import io.laundrybridge.BridgeState;
import io.laundrybridge.callback.CallbackSink;
import io.laundrybridge.event.Event;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BridgeLifeTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void livesFromNewToStopped() {
        List<BridgeState> states = new CopyOnWriteArrayList<>();
        Laundry laundry =
                Laundry.open(channel -> channel.listener((bridge, state, reason) -> states.add(state)), sink -> sink);
        assertThat(laundry.bridge().state()).isEqualTo(BridgeState.LIVE);
        laundry.close();
        laundry.close();
        Await.until("every state told", SOON, () -> states.contains(BridgeState.STOPPED));
        assertThat(states)
                .containsExactly(BridgeState.STARTING, BridgeState.LIVE, BridgeState.DRAINING, BridgeState.STOPPED);
        assertThatThrownBy(() -> laundry.bridge().start())
                .isInstanceOf(BridgeException.class)
                .hasMessageContaining("build a new one");
    }

    @Test
    void aChannelNameIsTakenOnceAndTheFirstGoesOn() {
        try (Laundry laundry = Laundry.open()) {
            Bridge second = Bridge.from(InMemorySource.named("other"))
                    .channel("machines")
                    .access(Access.anonymous())
                    .to(laundry.sink());
            assertThatThrownBy(second::start).hasMessageContaining("channel 'machines' is already attached");
            assertThat(second.state()).isEqualTo(BridgeState.STOPPED);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            laundry.publish(0, 1);
            client.awaitEvents(1);
        }
    }

    @Test
    void stopSendsByeClosesWith1012AndLeavesNoThread() {
        Laundry laundry = Laundry.open();
        SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
        client.await("\"op\":\"live\"");
        laundry.close();
        assertThat(client.await("\"op\":\"bye\""))
                .contains("1012")
                .as("one client is no crowd")
                .containsPattern("\"retryAfter\":([1-9]\\d?|100)\\D");
        assertThat(client.closeCode()).isEqualTo(1012);
        Await.until(
                "no thread left",
                SOON,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("laundry-bridge-")));
        assertThat(SessionProbe.full(laundry.sink()).awaitClose()).isEqualTo(1012);
    }

    @Test
    void stopDoesNotWaitForAClientThatStoppedReading() {
        Laundry laundry = Laundry.open(channel -> channel, sink -> sink.limits(Limits.with("limits.drain", "300ms")));
        SessionProbe stuck = SessionProbe.full(laundry.sink()).subscribe("machines", "");
        stuck.await("\"op\":\"live\"");
        stuck.stopReading();
        laundry.publish(0, 10);
        laundry.close();
        assertThat(laundry.bridge().state()).isEqualTo(BridgeState.STOPPED);
    }

    @Test
    void aStaleSourceIsReportedAndSessionsStay() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            laundry.source().stall("Kafka does not answer");
            assertThat(client.await("\"state\":\"stale\"")).contains("Kafka does not answer");
            assertThat(laundry.bridge().state()).isEqualTo(BridgeState.STALE);
            laundry.source().resume();
            client.await("\"state\":\"fresh\"");
            laundry.publish(0, 1);
            client.awaitEvents(1);
        }
    }

    @Test
    void anUndecodableRecordIsAGapAndTheNextEventFollows() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            laundry.source().publish("k", "}{");
            laundry.publish(1, 1);
            assertThat(Wire.numbers(client.awaitEvents(1))).containsExactly(1);
            assertThat(client.await("\"op\":\"gap\""))
                    .contains("\"reason\":\"undecodable\"")
                    .contains("\"p\":\"0\"")
                    .contains("\"from\":\"0@0")
                    .contains("\"to\":\"0@1");
        }
    }

    @Test
    void deadLettersTakeWhatCannotBeDecoded() {
        InMemorySource source = InMemorySource.named("machine-log");
        Bridge bridge = Bridge.from(source)
                .undecodable(UndecodablePolicy.DEAD_LETTER)
                .channel("machines")
                .access(Access.anonymous())
                .to(WebSocketSink.at("/laundry"));
        bridge.start();
        source.publish("k", "}{");
        Await.until("the dead letter", SOON, () -> !source.deadLettered().isEmpty());
        bridge.stop();
    }

    @Test
    void theFailPolicyStopsAtTheRecordAndSaysHowToGoOn() {
        InMemorySource source = InMemorySource.named("machine-log");
        WebSocketSink sink = WebSocketSink.at("/laundry");
        Bridge bridge = Bridge.from(source)
                .undecodable(UndecodablePolicy.FAIL)
                .channel("machines")
                .access(Access.anonymous())
                .to(sink);
        bridge.start();
        bridge.awaitLive(SOON);
        SessionProbe client = SessionProbe.full(sink).subscribe("machines", "");
        client.await("\"op\":\"live\"");
        source.publish("k", "}{");
        Await.until("failed", SOON, () -> bridge.state() == BridgeState.FAILED);
        assertThat(bridge.reason()).contains("laundry-bridge.channels.machines.undecodable=skip");
        client.await("\"state\":\"stale\"");
        bridge.stop();
    }

    @Test
    void aCallbackIsASinkToo() {
        InMemorySource source = InMemorySource.named("machine-log");
        List<Event> events = new CopyOnWriteArrayList<>();
        Bridge bridge = Bridge.from(source)
                .channel("machines")
                .access(Access.anonymous())
                .to(CallbackSink.to(events::add), WebSocketSink.at("/laundry"));
        bridge.start();
        bridge.awaitLive(SOON);
        source.publish("m-1", "{\n\"n\":1}");
        Await.until("the event", SOON, () -> events.size() == 1);
        assertThat(events.get(0).key()).isEqualTo("m-1");
        assertThat(new String(events.get(0).value(), StandardCharsets.UTF_8)).isEqualTo("{\n\"n\":1}");
        bridge.stop();
    }

    @Test
    void twoChannelsOnOneSourceShareASocketFairly() {
        InMemorySource source = InMemorySource.named("machine-log");
        WebSocketSink sink = WebSocketSink.at("/laundry");
        Bridge one =
                Bridge.from(source).channel("one").access(Access.anonymous()).to(sink);
        Bridge two =
                Bridge.from(source).channel("two").access(Access.anonymous()).to(sink);
        one.start();
        two.start();
        one.awaitLive(SOON);
        two.awaitLive(SOON);
        SessionProbe client = SessionProbe.full(sink).subscribe("one", "");
        client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"two\"}");
        client.await("{\"op\":\"live\",\"ch\":\"one\"}");
        client.await("{\"op\":\"live\",\"ch\":\"two\"}");
        for (int n = 0; n < 1_000; n++) {
            source.publish("k", "{\"n\":" + n + "}");
        }
        client.awaitEvents(2_000);
        for (String channel : new String[] {"one", "two"}) {
            assertThat(Wire.numbers(client.events().stream()
                            .filter(event -> event.startsWith("{\"ch\":\"" + channel))
                            .toList()))
                    .containsExactlyElementsOf(Wire.range(0, 1_000));
        }
        one.stop();
        client.await("\"op\":\"unsubscribed\"");
        two.stop();
        assertThat(client.awaitClose()).isEqualTo(1012);
    }
}
