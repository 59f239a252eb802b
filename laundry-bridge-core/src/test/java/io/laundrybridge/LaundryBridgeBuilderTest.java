package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.callback.CallbackSink;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.event.Event;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.SessionInfo;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.SessionProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels from settings and from code, on one endpoint. */
class LaundryBridgeBuilderTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<String, String> PATH = Map.of("laundry-bridge.path", "/laundry");

    /** Its Kafka is away. */
    private static final Map<String, String> MACHINES = Map.of(
            "laundry-bridge.path", "/laundry",
            "laundry-bridge.channels.machines.topic", "laundry.machine-log",
            "laundry-bridge.channels.machines.access", "anonymous",
            "laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:1");

    private final InMemorySource orders = InMemorySource.named("orders");
    private final Deque<LaundryBridge> built = new ArrayDeque<>();

    /** What a mapping reads. */
    record Order(String id, int price) {}

    @AfterEach
    void stop() {
        built.forEach(LaundryBridge::close);
    }

    @Test
    void channelsOfSettingsAndOfCodeMixAndCodeSeesBothStages() {
        LaundryBridge bridge = built(LaundryBridge.builder()
                .settings(MACHINES)
                .source("orders", orders)
                .customize("orders", new ChannelCustomizer() {
                    @Override
                    public void records(BridgeBuilder records) {
                        records.map(Order.class, order -> Map.of("order", order.id()));
                    }

                    @Override
                    public void channel(ChannelBuilder channel) {
                        channel.access(Access.anonymous()).latestByKey();
                    }
                }));
        assertThat(bridge.bridges()).extracting(Bridge::name).containsExactly("machines", "orders");
        start(bridge, "orders");
        orders.publish("o-1", "{\"id\":\"o-1\",\"price\":7}");
        SessionProbe page = SessionProbe.full(bridge.sink()).subscribe("orders", ",\"from\":\"snapshot\"");
        assertThat(page.await("\"k\":\"o-1\"")).contains("\"v\":{\"order\":\"o-1\"}");
    }

    @Test
    void settingsApplyToAChannelOfCodeAndCodeWins() {
        LaundryBridge bridge = built(LaundryBridge.builder()
                .settings(PATH)
                .settings(Map.of("laundry-bridge.channels.orders.access", "role:nobody"))
                .settings(Map.of("laundry-bridge.channels.orders.latest-by-key", "true"))
                .source("orders", orders)
                .access("orders", Access.anonymous()));
        start(bridge, "orders");
        orders.publish("o-1", "1");
        SessionProbe page = SessionProbe.full(bridge.sink()).subscribe("orders", ",\"from\":\"snapshot\"");
        assertThat(page.await("\"k\":\"o-1\"")).contains("\"v\":1");
    }

    @Test
    void aSinkBesideTheEndpointGetsTheEventsToo() {
        List<Event> events = new CopyOnWriteArrayList<>();
        LaundryBridge bridge = built(LaundryBridge.builder()
                .settings(PATH)
                .source("orders", orders)
                .customizeAll(ChannelCustomizer.channel(
                        channel -> channel.access(Access.anonymous()).sink(CallbackSink.to(events::add)))));
        start(bridge, "orders");
        orders.publish("o-1", "1");
        Await.until("the event", SOON, () -> events.size() == 1);
        assertThat(new String(events.get(0).value(), StandardCharsets.UTF_8)).isEqualTo("1");
    }

    @Test
    void aCustomizerOfNoChannelIsRefusedWithTheChannelsThatExist() {
        assertThatThrownBy(() -> LaundryBridge.builder()
                        .settings(MACHINES)
                        .source("orders", orders)
                        .access("machnes", Access.anonymous())
                        .build())
                .isInstanceOf(BridgeException.class)
                .hasMessageContaining("'machnes'")
                .hasMessageContaining("did you mean 'machines'")
                .hasMessageContaining("machines, orders")
                .hasMessageContaining("laundry-bridge.channels.machnes.topic");
    }

    @Test
    void aChannelHasOneSource() {
        assertThatThrownBy(() -> LaundryBridge.builder()
                        .settings(MACHINES)
                        .source("machines", orders)
                        .build())
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.channels.machines.topic is set");
        assertThatThrownBy(
                        () -> LaundryBridge.builder().source("orders", orders).source("orders", orders))
                .isInstanceOf(BridgeException.class)
                .hasMessageContaining("'orders' has a source already");
    }

    @Test
    void severalTopicsOrAPatternAreRefusedWithWhatToDo() {
        for (String several : List.of("one,two", "laundry.*")) {
            assertThatThrownBy(() -> LaundryBridge.builder()
                            .settings(MACHINES)
                            .settings(Map.of("laundry-bridge.channels.machines.topic", several))
                            .build())
                    .isInstanceOf(SettingException.class)
                    .hasMessageContaining("laundry-bridge.channels.machines.topic is '" + several + "'")
                    .hasMessageContaining("for several topics set one channel each");
        }
    }

    @Test
    void memoryThatCodeAsksForCountsToo() {
        assertThatThrownBy(() -> LaundryBridge.builder()
                        .settings(PATH)
                        .source("orders", orders)
                        .customize(
                                "orders",
                                ChannelCustomizer.channel(
                                        channel -> channel.retain(Retention.of(Duration.ofMinutes(1), 1L << 30))))
                        .build())
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.limits.log-bytes allows 256 MiB");
    }

    @Test
    void aCustomizerDoesNotBuild() {
        assertThatThrownBy(() -> LaundryBridge.builder()
                        .settings(PATH)
                        .source("orders", orders)
                        .customize("orders", ChannelCustomizer.channel(channel -> channel.to(CallbackSink.to(e -> {}))))
                        .build())
                .isInstanceOf(BridgeException.class)
                .hasMessageContaining(".sink(");
    }

    @Test
    void healthTellsEachChannelWithReasonAndBeginning() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000));
        LaundryBridge bridge = built(LaundryBridge.builder()
                .settings(PATH)
                .services(HostServices.standard().withClock(now::get, System::nanoTime))
                .source("orders", orders)
                .source("stock", InMemorySource.named("stock"))
                .customizeAll(ChannelCustomizer.channel(channel -> channel.access(Access.anonymous()))));
        assertThat(bridge.states())
                .containsOnly(Map.entry("orders", BridgeState.NEW), Map.entry("stock", BridgeState.NEW));
        assertThat(bridge.health().ready()).isFalse();
        now.set(Instant.ofEpochSecond(2_000));
        start(bridge, "orders");
        bridge.bridge("stock").awaitLive(SOON);
        assertThat(bridge.health().ready()).isTrue();
        now.set(Instant.ofEpochSecond(3_000));
        orders.stall("the broker is away");
        Await.until("stale", SOON, () -> bridge.states().get("orders") == BridgeState.STALE);
        now.set(Instant.ofEpochSecond(4_000));
        assertThat(bridge.health().channels())
                .containsExactly(
                        new ChannelStatus(
                                "orders", BridgeState.STALE, "the broker is away", Instant.ofEpochSecond(3_000)),
                        new ChannelStatus("stock", BridgeState.LIVE, "", Instant.ofEpochSecond(2_000)));
        assertThat(bridge.health().ready()).as("sessions go on from memory").isTrue();
        bridge.close();
        assertThat(bridge.health().ready()).isFalse();
    }

    @Test
    void anUnknownBridgeIsAnsweredWithTheKnownOnes() {
        LaundryBridge bridge = built(LaundryBridge.builder().settings(MACHINES).source("orders", orders));
        assertThat(bridge.bridge("orders").name()).isEqualTo("orders");
        assertThatThrownBy(() -> bridge.bridge("order"))
                .isInstanceOf(BridgeException.class)
                .hasMessageContaining("machines, orders");
    }

    @Test
    void anAuthenticatorRequiresALoginUnlessItKnowsHandshakesAlone() {
        Authenticator tokens = credentials -> CompletableFuture.completedStage(null);
        Authenticator handshakes = new Authenticator() {
            @Override
            public CompletionStage<@Nullable Caller> authenticate(Credentials credentials) {
                return CompletableFuture.completedStage(null);
            }

            @Override
            public boolean knowsTokens() {
                return false;
            }
        };
        LaundryBridgeBuilder builder = LaundryBridge.builder().settings(PATH).source("orders", orders);
        assertThat(built(builder).sink().authMode()).isEqualTo(AuthMode.NONE);
        assertThat(built(builder.authenticator(handshakes)).sink().authMode()).isEqualTo(AuthMode.OPTIONAL);
        assertThat(built(builder.authenticator(tokens)).sink().authMode()).isEqualTo(AuthMode.REQUIRED);
    }

    @Test
    void theSessionsOfAUserAreSeenAndEnded() {
        LaundryBridge bridge = built(LaundryBridge.builder()
                .settings(PATH)
                .source("orders", orders)
                .access("orders", Access.authenticated()));
        start(bridge, "orders");
        SessionProbe ada =
                SessionProbe.open(bridge.sink(), List.of("laundry-bridge.v1"), Map.of(), Caller.named("ada"), true);
        ada.subscribe("orders", "").await("\"op\":\"live\"");
        assertThat(bridge.sessions()).singleElement().satisfies(session -> {
            assertThat(session.user()).isEqualTo("ada");
            assertThat(session.channels())
                    .extracting(SessionInfo.Reading::channel)
                    .containsExactly("orders");
        });
        bridge.recheck("ada");
        bridge.recheckAll();
        assertThat(bridge.disconnect("ben")).isZero();
        assertThat(bridge.disconnect("ada")).isEqualTo(1);
        assertThat(ada.awaitClose()).isEqualTo(4403);
    }

    private LaundryBridge built(LaundryBridgeBuilder builder) {
        LaundryBridge bridge = builder.build();
        built.push(bridge);
        return bridge;
    }

    private static void start(LaundryBridge bridge, String channel) {
        bridge.start();
        bridge.bridge(channel).awaitLive(SOON);
    }
}
