package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeState;
import io.laundrybridge.callback.CallbackSink;
import io.laundrybridge.event.Event;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.AuditTape;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Code of the application or the bridge throws unforeseen exceptions and errors; only their cause is harmed. */
class UnforeseenErrorsHarmOnlyTheirCauseTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aTelemetryThatThrowsChangesNothing() {
        HostServices services = HostServices.standard().withTelemetry((meter, channel, amount) -> {
            throw new AssertionError("no such meter");
        });
        try (Laundry laundry = Laundry.open(channel -> channel.services(services), sink -> sink.services(services))) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            laundry.source().publish("k", "}{");
            laundry.publish(0, 5);
            assertThat(Wire.numbers(client.awaitEvents(5))).containsExactly(0, 1, 2, 3, 4);
            client.say("{\"op\":\"dance\",\"id\":5}").await("\"code\":\"unknown_op\"");
            assertThat(laundry.bridge().state()).isEqualTo(BridgeState.LIVE);
        }
    }

    @Test
    void anAccessRuleThatThrowsDenies() {
        Access rule = new Access() {
            @Override
            public Grant grant(Caller caller, String channel) {
                throw new StackOverflowError();
            }

            @Override
            public Set<String> roles() {
                throw new NoClassDefFoundError("com/example/Roles");
            }
        };
        try (Laundry laundry = Laundry.open(channel -> channel.access(rule), sink -> sink)) {
            assertThat(laundry.sink().roles()).isEmpty();
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            assertThat(client.await("\"op\":\"error\"")).contains("\"code\":\"forbidden\"");
            SessionProbe plain = SessionProbe.plain(laundry.sink(), Map.of("channel", List.of("machines")));
            assertThat(plain.awaitClose()).isEqualTo(4403);
        }
    }

    @Test
    void listenersAndCallbacksThatThrowAreCalledForTheNextEventToo() {
        InMemorySource source = InMemorySource.named("machine-log");
        List<Event> events = new CopyOnWriteArrayList<>();
        List<BridgeState> states = new CopyOnWriteArrayList<>();
        Bridge bridge = Bridge.from(source)
                .channel("machines")
                .access(Access.anonymous())
                .listener((of, state, reason) -> {
                    states.add(state);
                    throw new NoClassDefFoundError("com/example/Listener");
                })
                .to(CallbackSink.to(event -> {
                    events.add(event);
                    throw new AssertionError("not now");
                }));
        bridge.start();
        bridge.awaitLive(SOON);
        for (int n = 0; n < 3; n++) {
            source.publish("k", "{\"n\":" + n + "}");
        }
        Await.until("three events", SOON, () -> events.size() == 3);
        assertThat(events.stream().map(Event::offset)).containsExactly(0L, 1L, 2L);
        bridge.stop();
        assertThat(states)
                .containsExactly(BridgeState.STARTING, BridgeState.LIVE, BridgeState.DRAINING, BridgeState.STOPPED);
    }

    @Test
    void aRequestThatFailsIsAnsweredInternalAndAPlainOneCloses1011() {
        HostServices services = HostServices.standard()
                .withAudit(new AuditTape())
                .withClock(UnforeseenErrorsHarmOnlyTheirCauseTest::brokenForSessions, System::nanoTime);
        try (Laundry laundry = Laundry.open(channel -> channel, sink -> sink.services(services))) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"since:PT1S\"");
            assertThat(client.await("\"op\":\"error\""))
                    .contains("\"id\":1", "\"code\":\"internal\"", "\"retry\":true")
                    .doesNotContain("clock");
            client.subscribe("machines", "").await("\"op\":\"live\"");
            laundry.publish(0, 1);
            client.awaitEvents(1);
            SessionProbe plain = plain(laundry.sink(), "since:PT1S");
            assertThat(plain.awaitClose()).isEqualTo(1011);
        }
    }

    @Test
    void aNumberThatCannotBeComparedIsRefusedInAFilterAndMatchesNothingInARecord() {
        try (Laundry laundry = Laundry.open(channel -> channel.filterFields("/t"), sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink())
                    .subscribe("machines", ",\"where\":{\"gt\":[\"/t\",100e2147483647]}");
            assertThat(client.await("\"op\":\"error\"")).contains("\"code\":\"bad_filter\"", "2147483647");
            client.subscribe("machines", ",\"where\":{\"ge\":[\"/t\",0]}").await("\"op\":\"live\"");
            laundry.source().publish("k", "{\"t\":100e2147483647}");
            laundry.source().publish("k", "{\"t\":100e-2147483649}");
            laundry.publish("k", "{\"t\":1}");
            assertThat(client.awaitEvents(1)).singleElement().asString().contains("\"at\":\"0@2\"");
            assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
            assertThat(laundry.bridge().state()).isEqualTo(BridgeState.LIVE);
        }
    }

    private static SessionProbe plain(WebSocketSink sink, String from) {
        return SessionProbe.plain(sink, Map.of("channel", List.of("machines"), "from", List.of(from)));
    }

    private static Instant brokenForSessions() {
        if (Thread.currentThread().getName().startsWith("laundry-bridge-drain")) {
            throw new AssertionError("the clock fell down");
        }
        return Instant.now();
    }
}
