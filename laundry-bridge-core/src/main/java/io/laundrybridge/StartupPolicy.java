package io.laundrybridge;

import static io.laundrybridge.config.BridgeSettings.KAFKA_SERVERS;
import static io.laundrybridge.config.BridgeSettings.STARTUP;
import static io.laundrybridge.config.ChannelSettings.TOPIC;

import io.laundrybridge.LaundryBridge.Startup;
import java.time.Duration;
import java.util.List;

/**
 * Whether a start waits for its channels.
 *
 * @param startup what a start does while Kafka or a topic is missing
 * @param longest the longest wait per channel
 */
record StartupPolicy(Startup startup, Duration longest) {

    /**
     * Waits until {@code bridges} are live, if the policy is to fail otherwise.
     *
     * @throws BridgeException if one is not live in time
     */
    void await(List<Bridge> bridges) {
        if (startup == Startup.FAIL) {
            bridges.forEach(this::awaitLive);
        }
    }

    private void awaitLive(Bridge bridge) {
        try {
            bridge.awaitLive(longest);
        } catch (BridgeException e) {
            throw new BridgeException(e.getMessage() + "; check " + TOPIC.of(bridge.name()) + " and " + KAFKA_SERVERS
                    + ", or set " + STARTUP + "=wait to start without it");
        }
    }
}
