package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.session.Stamps;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.RecordShelf;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stamp is a position that no session has earned. It works for every reader of the channel, and tells readers of some
 * rows nothing.
 */
class AnyReaderStartsAtAStampTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "a-secret-of-32-characters-or-more";
    private static final String LIVE = "\"op\":\"live\"";
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);

    private final InMemorySource source = InMemorySource.named("orders", 1, 10_000, Runnable::run);
    private final List<Bridge> bridges = new ArrayList<>();

    @AfterEach
    void stops() {
        bridges.forEach(Bridge::stop);
    }

    private WebSocketSink node(@Nullable String secret, Access access, UnaryOperator<ChannelBuilder> more) {
        var builder = WebSocketSink.builder("/laundry");
        WebSocketSink sink = (secret == null ? builder : builder.secret(secret)).build();
        Bridge bridge =
                more.apply(Bridge.from(source).channel("orders").access(access)).to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(SOON);
        return sink;
    }

    private WebSocketSink tenants(@Nullable String secret) {
        return node(
                secret,
                (caller, channel) -> caller.name().equals("boss")
                        ? Grant.everything()
                        : Grant.rows(RowFilter.keyPrefix(caller.name() + "/")),
                channel -> channel);
    }

    private static String position(WebSocketSink sink) {
        return Objects.requireNonNull(sink.stamps(List.of("orders")).at()).substring("orders=".length());
    }

    private static SessionProbe startsAt(String position, String user, WebSocketSink sink) {
        return SessionProbe.open(sink, List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.named(user), true)
                .subscribe("orders", ",\"from\":\"at:" + position + "\"");
    }

    private void publish(String tenant, int first, int count) {
        IntStream.range(first, first + count).forEach(n -> source.publish(tenant + "/" + n % 5, "{\"n\":" + n + "}"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverItMayRead(boolean sealed) {
        WebSocketSink sink = tenants(sealed ? SECRET : null);
        publish("a", 0, 5);
        String stamp = position(sink);
        assertThat(stamp.startsWith("~")).isEqualTo(sealed);
        publish("b", 5, 5);
        publish("a", 10, 5);
        for (String user : List.of("a", "b", "boss")) {
            SessionProbe session = startsAt(stamp, user, sink);
            assertThat(session.await("\"op\":\"subscribed\"")).contains("\"recovered\":true");
            session.await(LIVE);
            assertThat(session.lines()).noneMatch(line -> line.contains("reset"));
            assertThat(Wire.numbers(session.events()))
                    .containsExactlyElementsOf(
                            user.equals("a")
                                    ? Wire.range(10, 15)
                                    : user.equals("b") ? Wire.range(5, 10) : Wire.range(5, 15));
        }
    }

    @Test
    void onAnyNodeWithTheSameSecret() {
        WebSocketSink first = tenants(SECRET);
        WebSocketSink second = tenants(SECRET);
        publish("a", 0, 5);
        String stamp = position(first);
        publish("a", 5, 5);
        SessionProbe session = startsAt(stamp, "a", second);
        session.await(LIVE);
        assertThat(Wire.numbers(session.events())).containsExactlyElementsOf(Wire.range(5, 10));
        assertThat(startsAt(stamp, "a", tenants("another-secret-of-32-characters-or-more"))
                        .await("\"op\":\"error\""))
                .contains("bad_position");
    }

    @Test
    void butNotOfAnotherChannel() {
        WebSocketSink sink = tenants(SECRET);
        Bridge bills = Bridge.from(InMemorySource.named("bills", 1, 10, Runnable::run))
                .channel("bills")
                .access((caller, channel) -> Grant.rows(RowFilter.keyPrefix("a/")))
                .to(sink);
        bridges.add(bills);
        bills.start();
        bills.awaitLive(SOON);
        String header =
                Objects.requireNonNull(sink.stamps(List.of("orders", "bills")).at());
        assertThat(header).matches("orders=~[A-Za-z0-9_-]+, bills=~[A-Za-z0-9_-]+");
        SessionProbe session = startsAt(header.substring(header.indexOf("bills=") + 6), "a", sink);
        assertThat(session.await("\"op\":\"error\"")).contains("bad_position");
    }

    @Test
    void twoOfOnePlaceAreNotAlikeAndOfOneLength() {
        WebSocketSink sink = tenants(SECRET);
        String first = position(sink);
        publish("b", 0, 1_000);
        String second = position(sink);
        assertThat(position(sink)).isNotEqualTo(second).hasSameSizeAs(first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRestrictedWriterWaitsForItsSealedReceipt(boolean sealed) {
        WebSocketSink sink = tenants(sealed ? SECRET : null);
        SessionProbe session = startsAt(position(sink), "a", sink);
        session.await(LIVE);
        String wrote = sink.stamps(List.of("orders")).wrote("orders", new RecordPlace(0, 7), new RecordPlace(0, 3, 1));
        assertThat(wrote).matches(sealed ? "orders=~[A-Za-z0-9_-]+" : "orders=0@7,0@3\\.1");
        session.say("{\"op\":\"await\",\"id\":9,\"ch\":\"orders\",\"at\":\"" + wrote.substring(7) + "\"}");
        publish("b", 0, 7);
        publish("a", 7, 1);
        session.await("{\"op\":\"reached\",\"id\":9,\"ch\":\"orders\"}");
        assertThat(Wire.numbers(session.events())).containsExactly(7);
    }

    @Test
    void theReceiptOfAPublishIsSealedTooAndItsPublisherMayWaitForIt() {
        RecordShelf shelf = new RecordShelf();
        try (LaundryBridge bridge = LaundryBridge.builder()
                .settings(Map.of("laundry-bridge.path", "/laundry", "laundry-bridge.secret", SECRET))
                .source("orders", source)
                .access("orders", (caller, channel) -> Grant.rows(RowFilter.keyPrefix(caller.name() + "/")))
                .publish("orders", inbound -> inbound.sink(shelf).access(Access.authenticated()))
                .build()) {
            bridge.start();
            bridge.bridge("orders").awaitLive(SOON);
            SessionProbe session = startsAt(position(bridge.sink()), "a", bridge.sink());
            session.await(LIVE);
            session.say("{\"op\":\"publish\",\"id\":7,\"mid\":\"m\",\"ch\":\"orders\",\"v\":1}");
            String ack = session.await("\"op\":\"ack\"");
            assertThat(ack).matches("\\{\"op\":\"ack\",\"id\":7,\"at\":\"~[A-Za-z0-9_-]+\"}");
            String at = ack.substring(ack.indexOf('~'), ack.length() - 2);
            session.say("{\"op\":\"await\",\"id\":9,\"ch\":\"orders\",\"at\":\"" + at + "\"}");
            publish("b", 0, 1); // the record of the publish, as the topic would have it
            session.await("{\"op\":\"reached\",\"id\":9,\"ch\":\"orders\"}");
        }
    }

    @Test
    void openIfTheRuleNeverShowsSomeRowsOnly() {
        WebSocketSink sink = node(SECRET, Access.anonymous(), channel -> channel);
        publish("a", 0, 3);
        assertThat(position(sink)).matches("[A-Za-z0-9_-]+\\.[a-z0-9]+:0@3");
        assertThat(sink.stamps(List.of("orders")).wrote("orders", new RecordPlace(0, 2)))
                .isEqualTo("orders=0@2");
    }

    @Test
    void ofAStateChannelWithoutASnapshotAsLongAsMemoryHasIt() {
        WebSocketSink sink =
                node(null, Access.anonymous(), channel -> channel.latestByKey().retain(SMALL));
        publish("a", 0, 10);
        String stamp = position(sink);
        publish("a", 10, 10);
        SessionProbe session = startsAt(stamp, "boss", sink);
        assertThat(session.await("\"op\":\"subscribed\"")).contains("\"recovered\":true");
        session.await(LIVE);
        assertThat(session.lines()).noneMatch(line -> line.contains("snapshot") || line.contains("reset"));
        assertThat(Wire.numbers(session.events())).containsExactlyElementsOf(Wire.range(10, 20));
        publish("a", 20, 5_000);
        SessionProbe late = startsAt(stamp, "boss", sink);
        assertThat(late.await("\"op\":\"subscribed\"")).contains("\"recovered\":false");
        assertThat(late.await("\"state\":\"end\"")).contains("\"count\":5");
    }

    @Test
    void aChannelThatIsNotReadyIsLeftOutAndAnUnknownOneIsRefused() {
        try (Laundry laundry = Laundry.open()) {
            Bridge later = Bridge.from(InMemorySource.named("later"))
                    .channel("later")
                    .access(Access.anonymous())
                    .to(laundry.sink());
            Stamps both = laundry.sink().stamps(List.of("later", "machines"));
            assertThat(both.at()).startsWith("machines=").doesNotContain("later");
            assertThat(laundry.sink().stamps(List.of("later")).at()).isNull();
            later.start();
            try {
                Await.until("both", SOON, () -> String.valueOf(both.at()).matches("later=.*, machines=.*"));
            } finally {
                later.stop();
            }
            assertThatThrownBy(() -> laundry.sink().stamps(List.of("machines", "nobody")))
                    .isInstanceOf(SettingException.class)
                    .hasMessageContaining("laundry-bridge.stamp.channels")
                    .hasMessageContaining("there is no channel 'nobody'; the channels are later, machines");
            assertThatThrownBy(() -> both.wrote("nobody", new RecordPlace(0, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'nobody' is not stamped here");
            assertThatThrownBy(() -> both.wrote("machines")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aChannelOfVeryManyPartitionsIsLeftOutBeforeServersRefuseTheHeader() {
        WebSocketSink sink = WebSocketSink.at("/laundry");
        InMemorySource wide = InMemorySource.named("wide", 2_000, 10, Runnable::run);
        Bridge bridge =
                Bridge.from(wide).channel("wide").access(Access.anonymous()).to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(SOON);
        assertThat(sink.stamps(List.of("wide")).at()).isNull();
    }
}
