package io.laundrybridge;

import static io.laundrybridge.config.ChannelSettings.TOPIC;

import io.laundrybridge.config.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The customizers of channels by name, in the order in which they are called. Not thread-safe. */
final class ChannelCustomizers {
    private final List<ChannelCustomizer> ofAll = new ArrayList<>();
    private final Map<String, List<ChannelCustomizer>> byChannel = new TreeMap<>();

    void addForAll(ChannelCustomizer customizer) {
        ofAll.add(customizer);
    }

    void add(String channel, ChannelCustomizer customizer) {
        byChannel.computeIfAbsent(channel, name -> new ArrayList<>()).add(customizer);
    }

    /** Returns the customizers of {@code channel}: first those of all channels, then its own. */
    List<ChannelCustomizer> of(String channel) {
        List<ChannelCustomizer> called = new ArrayList<>(ofAll);
        called.addAll(byChannel.getOrDefault(channel, List.of()));
        return called;
    }

    /**
     * Refuses customizers of other channels than {@code channels}.
     *
     * @throws BridgeException if there is one
     */
    void refuseOthersThan(Set<String> channels) {
        for (String name : byChannel.keySet()) {
            if (!channels.contains(name)) {
                throw new BridgeException("code customizes channel '" + name + "', which does not exist; did you mean '"
                        + NearestName.of(name, List.copyOf(channels)) + "'? The channels are "
                        + String.join(", ", channels) + ". A new one needs " + TOPIC.of(name)
                        + " or .source(\"" + name + "\", ...)");
            }
        }
    }
}
