package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.BridgeHealth;
import io.laundrybridge.BridgeState;
import io.laundrybridge.ChannelStatus;
import io.laundrybridge.standalone.Page;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The health pages answer probes with each channel and its reason. */
class HealthPagesTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private BridgeState state = BridgeState.LIVE;
    private final HealthPages pages = new HealthPages(() -> new BridgeHealth(List.of(
            new ChannelStatus("machines", BridgeState.LIVE, "", NOON),
            new ChannelStatus("orders", state, state == BridgeState.LIVE ? "" : "Kafka says \"no\"", NOON))));

    @Test
    void aGatewayIsReadyIfAllChannelsAre() {
        Page ready = pages.ready();
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.type()).isEqualTo("application/json");
        assertThat(ready.text())
                .startsWith("{\"status\":\"UP\",\"checks\":[")
                .contains("\"name\":\"machines\",\"status\":\"UP\"", "\"name\":\"orders\",\"status\":\"UP\"");
    }

    @Test
    void aChannelThatIsNotReadySaysWhyAndSinceWhen() {
        state = BridgeState.STARTING;
        Page ready = pages.ready();
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.text())
                .startsWith("{\"status\":\"DOWN\"")
                .contains("\"name\":\"machines\",\"status\":\"UP\"", "\"name\":\"orders\",\"status\":\"DOWN\"")
                .contains(
                        "\"state\":\"STARTING\"",
                        "\"reason\":\"Kafka says \\\"no\\\"\"",
                        "\"since\":\"2026-11-29T12:00:00Z\"");
    }

    @Test
    void aChannelThatServesFromMemoryIsReady() {
        state = BridgeState.STALE;
        assertThat(pages.ready().status()).isEqualTo(200);
        assertThat(pages.ready().text()).contains("\"state\":\"STALE\"");
    }

    @Test
    void aGatewayThatStopsIsNotReadyButAlive() {
        pages.stopping();
        assertThat(pages.ready().status()).isEqualTo(503);
        assertThat(pages.ready().text()).contains("the gateway is stopping", "\"name\":\"machines\"");
        assertThat(pages.live().status()).isEqualTo(200);
        assertThat(pages.live().text()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    }
}
