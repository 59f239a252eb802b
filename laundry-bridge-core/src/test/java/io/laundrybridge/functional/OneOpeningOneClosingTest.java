package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeState;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An endpoint knows its channels before it admits a session, and says goodbye once. */
class OneOpeningOneClosingTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> NAMES = List.of("alarms", "machines", "orders");

    private final InMemorySource source = InMemorySource.named("s", 1, 1_000, Runnable::run);
    private final CountingTelemetry meters = new CountingTelemetry();

    @Test
    void aClosingSendsByeToAllSessionsAndUnsubscribedToNone() {
        WebSocketSink sink = sink();
        List<Bridge> bridges = started(sink);
        SessionProbe full = SessionProbe.full(sink);
        NAMES.forEach(name -> full.subscribe(name, ""));
        NAMES.forEach(name -> full.await("{\"op\":\"live\",\"ch\":\"" + name + "\"}"));
        SessionProbe plain = SessionProbe.plain(sink, Map.of("channel", List.of("orders")));

        sink.close();
        SessionProbe late = SessionProbe.full(sink).subscribe("alarms", "");
        bridges.forEach(Bridge::stop);

        assertThat(full.lines().get(full.lines().size() - 1))
                .contains("\"op\":\"bye\"")
                .contains("1012");
        assertThat(full.lines()).noneMatch(line -> line.contains("unsubscribed"));
        assertThat(full.awaitClose()).isEqualTo(1012);
        assertThat(plain.awaitClose()).isEqualTo(1012);
        assertThat(late.awaitClose()).as("the channels had not stopped yet").isEqualTo(1012);
        assertThat(late.lines()).singleElement().asString().contains("\"op\":\"bye\"");
        assertThat(meters.sum(Meter.SESSIONS)).isZero();
    }

    @Test
    void aChannelThatIsNotStartedYetIsAskedForAgain() {
        WebSocketSink sink = sink();
        List<Bridge> bridges = built(sink);
        assertThat(SessionProbe.full(sink).awaitClose()).as("before the first").isEqualTo(1012);
        bridges.get(0).start();
        SessionProbe early = SessionProbe.full(sink).subscribe("orders", "");
        assertThat(early.await("\"op\":\"error\""))
                .contains("source_unavailable")
                .contains("\"retry\":true");
        assertThat(plain(sink, "orders").awaitClose()).as("plain").isEqualTo(1013);
        assertThat(plain(sink, "dishes").awaitClose()).as("no such channel").isEqualTo(4403);
        assertThat(SessionProbe.plain(sink, Map.of()).awaitClose())
                .as("plain, without a name where there will be three")
                .isEqualTo(4400);

        bridges.get(2).start();
        bridges.get(2).awaitLive(SOON);
        early.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"orders\"}");
        early.await("{\"op\":\"live\",\"ch\":\"orders\"}");
        bridges.forEach(Bridge::stop);
    }

    @Test
    void aHandshakeLooksUpTheRolesOfAllChannelsAndOthersAreStillRefused() {
        WebSocketSink sink = sink();
        Bridge open = bridge("open", Access.anonymous(), sink);
        Bridge staff = bridge("staff", Access.role("staff"), sink);
        open.start();
        assertThat(sink.roles()).containsExactly("staff");
        Caller mary = Caller.named("mary").withRoles(Set.of("staff"));
        assertThat(asked(sink, mary, "staff")).contains("source_unavailable");
        assertThat(asked(sink, Caller.ANONYMOUS, "staff")).contains("forbidden");
        assertThat(asked(sink, mary, "dishes")).contains("forbidden");
        staff.stop();
        open.stop();
    }

    @Test
    void aChannelThatStopsAloneIsAskedForAgainUntilItIsBack() {
        WebSocketSink sink = sink();
        List<Bridge> bridges = started(sink);
        SessionProbe client = SessionProbe.full(sink).subscribe("machines", "");
        client.await("\"op\":\"live\"");
        bridges.get(1).stop();
        assertThat(client.await("\"op\":\"unsubscribed\"")).contains("machines").doesNotContain("forbidden");
        client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\"}");
        assertThat(client.await("\"id\":2")).contains("source_unavailable").contains("\"retry\":true");
        assertThat(plain(sink, "machines").awaitClose()).isEqualTo(1013);

        Bridge again = bridge("machines", Access.anonymous(), sink);
        again.start();
        again.awaitLive(SOON);
        client.say("{\"op\":\"subscribe\",\"id\":3,\"ch\":\"machines\"}");
        assertThat(client.await("\"id\":3")).contains("subscribed");
        assertThat(client.closeCode()).isZero();
        again.stop();
        bridges.forEach(Bridge::stop);
        assertThat(client.awaitClose()).isEqualTo(1012);
    }

    @Test
    void stalledSessionsAreDroppedAndASinkThatOpensAgainHasAllItsPlaces() {
        WebSocketSink sink = WebSocketSink.builder("/laundry")
                .services(HostServices.standard().withTelemetry(meters))
                .limits(Limits.with("limits.sessions", "2", "limits.drain", "200ms"))
                .build();
        List<Bridge> bridges = started(sink);
        SessionProbe stuck = SessionProbe.full(sink).subscribe("machines", "");
        SessionProbe plain = plain(sink, "orders");
        stuck.await("\"op\":\"live\"");
        stuck.stopReading();
        plain.stopReading();
        source.publish("k", "1");
        stuck.awaitEvents(1);
        Await.until("a value, once the plain client is live", SOON, () -> {
            source.publish("k", "2");
            return !plain.lines().isEmpty();
        });

        sink.close();
        Await.until("both are dropped", SOON, () -> stuck.aborted() && plain.aborted());
        assertThat(meters.sum(Meter.SESSIONS)).isZero();
        assertThat(meters.sum(Meter.SUBSCRIPTIONS)).isZero();
        stuck.cut(); // late, as containers do
        bridges.forEach(Bridge::stop);

        List<Bridge> again = started(sink);
        SessionProbe first = SessionProbe.full(sink).subscribe("machines", "");
        SessionProbe second = SessionProbe.full(sink).subscribe("machines", "");
        first.await("\"op\":\"live\"");
        second.await("\"op\":\"live\"");
        assertThat(SessionProbe.full(sink).awaitClose())
                .as("one more than there is room for")
                .isEqualTo(1013);
        again.forEach(Bridge::stop);
        assertThat(meters.sum(Meter.SESSIONS)).isZero();
    }

    @Test
    void aSessionThatComesInTheMomentOfTheClosingIsRefusedToo() {
        WebSocketSink sink = sink();
        List<Bridge> bridges = started(sink);
        List<String> asked = new AbstractList<>() {
            @Override
            public String get(int index) {
                return FullDialect.SUBPROTOCOL;
            }

            /** Called when the endpoint has admitted the session. */
            @Override
            public int size() {
                sink.close();
                return 1;
            }
        };
        SessionProbe late = SessionProbe.open(sink, asked, Map.of(), Caller.ANONYMOUS, true);
        assertThat(late.awaitClose()).isEqualTo(1012);
        assertThat(meters.sum(Meter.SESSIONS)).isZero();
        bridges.forEach(Bridge::stop);
    }

    @Test
    void anEndpointThatIsClosingDoesNotOpenAgainForAChannelThatStartsLate() {
        WebSocketSink sink = sink();
        List<Bridge> bridges = built(sink);
        bridges.get(0).start();
        sink.close();
        assertThat(catchThrowable(bridges.get(1)::start)).hasMessageContaining("was closed");
        assertThat(bridges.get(1).state()).isEqualTo(BridgeState.STOPPED);
        assertThat(SessionProbe.full(sink).awaitClose()).isEqualTo(1012);
        bridges.forEach(Bridge::stop);
        List<Bridge> again = started(sink);
        SessionProbe.full(sink).subscribe("alarms", "").await("\"op\":\"live\"");
        sink.close();
        again.forEach(Bridge::stop);
    }

    private String asked(WebSocketSink sink, Caller caller, String channel) {
        return SessionProbe.open(sink, List.of(FullDialect.SUBPROTOCOL), Map.of(), caller, true)
                .subscribe(channel, "")
                .await("\"op\":\"error\"");
    }

    private static SessionProbe plain(WebSocketSink sink, String channel) {
        return SessionProbe.plain(sink, Map.of("channel", List.of(channel)));
    }

    private WebSocketSink sink() {
        return WebSocketSink.builder("/laundry")
                .services(HostServices.standard().withTelemetry(meters))
                .build();
    }

    private List<Bridge> started(WebSocketSink sink) {
        List<Bridge> bridges = built(sink);
        bridges.forEach(Bridge::start);
        bridges.forEach(bridge -> bridge.awaitLive(SOON));
        return bridges;
    }

    private List<Bridge> built(WebSocketSink sink) {
        return NAMES.stream()
                .map(name -> bridge(name, Access.anonymous(), sink))
                .toList();
    }

    private Bridge bridge(String name, Access access, WebSocketSink sink) {
        return Bridge.from(source)
                .channel(name)
                .services(HostServices.standard().withTelemetry(meters))
                .access(access)
                .to(sink);
    }
}
