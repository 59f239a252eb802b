package io.laundrybridge.gateway;

import io.laundrybridge.BridgeHealth;
import io.laundrybridge.ChannelStatus;
import io.laundrybridge.standalone.Page;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The health of a gateway as JSON, in the form of MicroProfile Health, which probes and dashboards know. */
final class HealthPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Check STOPPING = new Check("gateway", "DOWN", Map.of("reason", "the gateway is stopping"));

    private final Supplier<BridgeHealth> health;
    private volatile boolean stops;

    HealthPages(Supplier<BridgeHealth> health) {
        this.health = health;
    }

    private record Answer(String status, List<Check> checks) {
        Page page() {
            return new Page(status.equals("UP") ? 200 : 503, "application/json", JSON.writeValueAsString(this));
        }
    }

    private record Check(String name, String status, Map<String, String> data) {}

    /** Says from now on that no more sessions should be sent here. */
    void stopping() {
        stops = true;
    }

    /** Returns whether the process answers; if not, it should be restarted. */
    Page live() {
        return new Answer("UP", List.of()).page();
    }

    /** Returns whether sessions may be sent here, with the state of each channel and its reason. */
    Page ready() {
        BridgeHealth now = health.get();
        Stream<Check> channels = now.channels().stream().map(HealthPages::check);
        return new Answer(
                        status(now.ready() && !stops),
                        Stream.concat(stops ? Stream.of(STOPPING) : Stream.empty(), channels)
                                .toList())
                .page();
    }

    private static Check check(ChannelStatus channel) {
        return new Check(
                channel.channel(),
                status(channel.ready()),
                Map.of(
                        "state", channel.state().name(),
                        "reason", channel.reason(),
                        "since", channel.since().toString()));
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
