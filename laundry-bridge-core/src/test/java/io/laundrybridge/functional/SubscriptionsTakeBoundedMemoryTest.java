package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All subscriptions of an endpoint may take 100 KB together; a thousand keys take twice as much. */
class SubscriptionsTakeBoundedMemoryTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final Laundry laundry = Laundry.open(
            channel -> channel.filterFields("/n"),
            sink -> sink.services(HostServices.standard().withTelemetry(telemetry))
                    .limits(Limits.with("limits.subscription-bytes", "100KiB")));

    @AfterEach
    void nothingIsLeft() {
        laundry.close();
        Await.until("all to be given back", SOON, () -> telemetry.sum(Meter.SUBSCRIPTION_BYTES) == 0);
    }

    @Test
    void subscriptionsBeyondTheMemoryAreRefusedByNameAndTheSessionContinues() {
        SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", keys(1_000));
        assertThat(client.await("\"op\":\"error\"")).contains("limit_exceeded").contains("limits.subscription-bytes");
        client.subscribe("machines", keys(100)).await("\"op\":\"live\"");
        assertThat(telemetry.sum(Meter.SUBSCRIPTION_BYTES)).isBetween(15_000L, 40_000L);
        laundry.publish(0, 10);
        assertThat(Wire.numbers(client.awaitEvents(1))).contains(0);
    }

    @Test
    void sessionsShareItAndGiveItBack() {
        SessionProbe first = SessionProbe.full(laundry.sink()).subscribe("machines", keys(400));
        first.await("\"op\":\"live\"");
        SessionProbe second = SessionProbe.full(laundry.sink()).subscribe("machines", keys(400));
        second.await("limit_exceeded");
        first.subscribe("machines", "").await("\"id\":1");
        Await.until("the keys to be given back", SOON, () -> telemetry.sum(Meter.SUBSCRIPTION_BYTES) < 10_000);
        second.subscribe("machines", keys(400)).await("\"op\":\"live\"");
        second.cut();
        Await.until("the session to be given back", SOON, () -> telemetry.sum(Meter.SUBSCRIPTION_BYTES) < 10_000);
    }

    @Test
    void aViewCountsAndWhatIsRefusedDoesNot() {
        SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
        client.await("\"op\":\"live\"");
        long before = telemetry.sum(Meter.SUBSCRIPTION_BYTES);
        client.say("{\"op\":\"view\",\"id\":2,\"ch\":\"machines\"" + keys(1_000) + "}")
                .await("limit_exceeded");
        client.say("{\"op\":\"subscribe\",\"id\":3,\"ch\":\"machines\"" + keys(50)
                + ",\"where\":{\"eq\":[\"/other\",1]}}");
        client.await("bad_filter");
        assertThat(telemetry.sum(Meter.SUBSCRIPTION_BYTES)).isEqualTo(before);
        client.say("{\"op\":\"view\",\"id\":4,\"ch\":\"machines\"" + keys(100) + "}");
        client.say("{\"op\":\"ping\",\"id\":5}").await("pong");
        assertThat(telemetry.sum(Meter.SUBSCRIPTION_BYTES)).isGreaterThan(before + 15_000);
        client.say("{\"op\":\"unsubscribe\",\"id\":6,\"ch\":\"machines\"}").await("unsubscribed");
        assertThat(telemetry.sum(Meter.SUBSCRIPTION_BYTES)).isZero();
    }

    @Test
    void plainSessionsTakeTheirPartToo() {
        List<String> keys = IntStream.range(0, 400).mapToObj(i -> "m-" + i).toList();
        SessionProbe first = SessionProbe.plain(laundry.sink(), Map.of("key", keys));
        Await.until("the first", SOON, () -> telemetry.sum(Meter.SUBSCRIPTION_BYTES) > 50_000);
        SessionProbe second = SessionProbe.plain(laundry.sink(), Map.of("key", keys));
        assertThat(second.awaitClose()).isEqualTo(1013);
        first.cut();
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"m-" + i + "\"")
                .collect(Collectors.joining(",", ",\"keys\":[", "]"));
    }
}
