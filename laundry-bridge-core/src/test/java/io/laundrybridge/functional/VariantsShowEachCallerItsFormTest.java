package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeBuilder;
import io.laundrybridge.BridgeException;
import io.laundrybridge.BridgeState;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.callback.CallbackSink;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.event.Event;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.SessionProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Variants of a channel: one name, one source, a log each; a session gets the first that its caller may have. */
class VariantsShowEachCallerItsFormTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);
    private static final Caller ACCOUNTANT = Caller.named("ada").withRoles(List.of("accounting"));
    private static final Caller CLERK = Caller.named("ben");

    private final InMemorySource source = InMemorySource.named("orders");
    private final Map<String, Long> counted = new ConcurrentHashMap<>();
    private final WebSocketSink sink = WebSocketSink.at("/laundry");
    private final List<Bridge> bridges = new ArrayList<>();

    /** What a value is read into. */
    record Order(int n, int price) {}

    /** What a caller without the right to prices sees. */
    record WithoutPrice(int n) {}

    @AfterEach
    void stops() {
        bridges.forEach(Bridge::stop);
    }

    private static BridgeBuilder withoutPrice(BridgeBuilder records) {
        return records.map(Order.class, order -> new WithoutPrice(order.n()));
    }

    private ChannelBuilder orders() {
        return Bridge.from(source)
                .channel("orders")
                .services(HostServices.standard()
                        .withTelemetry((meter, label, amount) -> counted.merge(meter + " " + label, amount, Long::sum)))
                .access(Access.role("accounting"))
                .variant("without-price", Access.authenticated(), VariantsShowEachCallerItsFormTest::withoutPrice);
    }

    private Bridge start(UnaryOperator<ChannelBuilder> change) {
        Bridge bridge = change.apply(orders()).to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(SOON);
        return bridge;
    }

    private SessionProbe reads(Caller caller, String rest) {
        SessionProbe probe = SessionProbe.open(sink, List.of("laundry-bridge.v1"), Map.of(), caller, true);
        probe.subscribe("orders", rest);
        return probe;
    }

    private long counted(Meter meter, String label) {
        return counted.getOrDefault(meter + " " + label, 0L);
    }

    private void publish(int count) {
        for (int n = 0; n < count; n++) {
            source.publish("o-" + n % 10, "{\"n\":" + n + ",\"price\":77}");
        }
    }

    @Test
    void liveAndSnapshot() {
        start(channel -> channel.latestByKey());
        SessionProbe all = reads(ACCOUNTANT, "");
        SessionProbe some = reads(CLERK, "");
        all.await("\"op\":\"live\"");
        some.await("\"op\":\"live\"");
        publish(10);
        assertThat(all.awaitEvents(10)).allMatch(line -> line.contains("\"price\":77"));
        assertThat(some.awaitEvents(10)).allMatch(line -> line.startsWith("{\"ch\":\"orders\","));
        SessionProbe late = reads(CLERK, ",\"from\":\"snapshot\"");
        late.await("\"op\":\"live\"");
        assertThat(Wire.numbers(late.events())).containsExactlyElementsOf(Wire.range(0, 10));
        for (SessionProbe clerk : List.of(some, late)) {
            assertThat(clerk.lines()).noneMatch(line -> line.contains("price"));
        }
        assertThat(reads(Caller.ANONYMOUS, "").await("\"op\":\"error\"")).contains("forbidden");
    }

    @Test
    void readAgainFromTheSource() {
        start(channel -> channel.retain(SMALL).fallBehind(FallBehind.CATCH_UP));
        publish(4_000);
        SessionProbe clerk = reads(CLERK, ",\"from\":\"earliest\"");
        assertThat(Wire.numbers(clerk.awaitEvents(4_000))).containsExactlyElementsOf(Wire.range(0, 4_000));
        assertThat(clerk.lines()).noneMatch(line -> line.contains("price"));
        assertThat(reads(ACCOUNTANT, ",\"from\":\"earliest\"").awaitEvents(4_000))
                .allMatch(line -> line.contains("\"price\":77"));
    }

    @Test
    void hiddenFieldsCannotBeAskedForByAFilter() {
        start(channel -> channel.filterFields("/price"));
        SessionProbe clerk = reads(CLERK, ",\"where\":{\"ge\":[\"/price\",1]}");
        clerk.await("\"op\":\"live\"");
        SessionProbe all = reads(ACCOUNTANT, ",\"where\":{\"ge\":[\"/price\",1]}");
        all.await("\"op\":\"live\"");
        publish(10);
        all.awaitEvents(10);
        assertThat(clerk.events()).isEmpty();
    }

    @Test
    void theFirstThatACallerMayHaveIsTaken() {
        start(channel -> channel.variant("nothing", Access.anonymous(), records -> records.filter(record -> false)));
        SessionProbe clerk = reads(CLERK, "");
        SessionProbe anonymous = reads(Caller.ANONYMOUS, "");
        clerk.await("\"op\":\"live\"");
        anonymous.await("\"op\":\"live\"");
        publish(3);
        clerk.awaitEvents(3);
        assertThat(anonymous.events()).isEmpty();
    }

    @Test
    void aHandlerInTheApplicationGetsTheChannelAlone() {
        List<Event> events = new CopyOnWriteArrayList<>();
        Bridge bridge = orders().to(sink, CallbackSink.to(events::add));
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(SOON);
        publish(5);
        Await.until("the events", SOON, () -> events.size() >= 5);
        assertThat(Thread.getAllStackTraces().keySet())
                .as("one reader: a second one may only be late")
                .filteredOn(thread -> thread.getName().contains("callback-orders"))
                .hasSize(1);
        assertThat(events)
                .hasSize(5)
                .extracting(event -> new String(event.value(), StandardCharsets.UTF_8))
                .allMatch(text -> text.contains("price"));
    }

    @Test
    void oneReaderOfTheSourceFeedsAllAndMetersCountARecordOnce() {
        start(channel -> channel);
        publish(7);
        Await.until("both", SOON, () -> counted(Meter.RECORDS, "orders/without-price") == 7);
        assertThat(counted(Meter.RECORDS, "orders")).isEqualTo(7);
        SessionProbe clerk = reads(CLERK, "");
        clerk.await("\"op\":\"live\"");
        assertThat(counted(Meter.SUBSCRIPTIONS, "orders/without-price")).isZero();
    }

    @Test
    void aVariantThatFailsIsSeenInTheStateOfTheBridge() {
        Bridge bridge = start(channel -> channel.variant(
                "strict",
                Access.anonymous(),
                records -> records.map(Order.class, order -> {
                            throw new IllegalStateException("no view");
                        })
                        .undecodable(UndecodablePolicy.FAIL)));
        publish(1);
        Await.until("failed", SOON, () -> bridge.state() == BridgeState.FAILED);
        assertThat(bridge.reason()).contains("orders");
        assertThat(reads(ACCOUNTANT, ",\"from\":\"earliest\"").awaitEvents(1)).hasSize(1);
    }

    @Test
    void theMemoryOfVariantsCounts() {
        assertThatThrownBy(() -> LaundryBridge.builder()
                        .settings(Map.of("laundry-bridge.path", "/laundry"))
                        .source("orders", source)
                        .customize(
                                "orders",
                                ChannelCustomizer.channel(
                                        channel -> channel.retain(Retention.of(Duration.ofMinutes(1), 100L << 20))
                                                .variant("a", Access.anonymous(), records -> {})
                                                .variant("b", Access.anonymous(), records -> {})))
                        .build())
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("may keep 300 MiB together");
    }

    @Test
    void aVariantHasANameOfItsOwn() {
        assertThatThrownBy(() -> orders().variant("without-price", Access.anonymous(), records -> {}))
                .isInstanceOf(BridgeException.class)
                .hasMessageContaining("'without-price' already");
    }

    @Test
    void stopsAndStartsAgainUnderItsName() {
        Bridge first = start(channel -> channel);
        first.stop();
        assertThat(first.state()).isEqualTo(BridgeState.STOPPED);
        start(channel -> channel);
        SessionProbe clerk = reads(CLERK, "");
        clerk.await("\"op\":\"live\"");
        publish(2);
        clerk.awaitEvents(2);
    }
}
