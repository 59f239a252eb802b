package io.laundrybridge;

import static io.laundrybridge.config.ChannelSettings.PUBLISH_ACCESS;
import static io.laundrybridge.config.ChannelSettings.PUBLISH_TO;
import static io.laundrybridge.config.ChannelSettings.TOPIC;

import io.laundrybridge.config.ChannelSettings;
import io.laundrybridge.config.Setting;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.link.Link;
import io.laundrybridge.link.PublishLink;
import io.laundrybridge.publish.InboundChannel;
import io.laundrybridge.publish.PublishBuilder;
import io.laundrybridge.publish.RecordSink;
import io.laundrybridge.session.WebSocketSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** The channels that take publishes, by settings and by code. Not thread-safe. */
final class ConfiguredPublishes {
    private final Map<String, List<Consumer<PublishBuilder<?>>>> byChannel = new TreeMap<>();

    void add(String channel, Consumer<PublishBuilder<?>> change) {
        byChannel.computeIfAbsent(channel, name -> new ArrayList<>()).add(change);
    }

    /** Returns the channels that settings or code let take publishes, in alphabetical order. */
    SortedSet<String> channels(Settings settings) {
        SortedSet<String> names = new TreeSet<>(settings.channels());
        names.removeIf(name -> settings.find(PUBLISH_TO.of(name)).isEmpty());
        names.addAll(byChannel.keySet());
        return names;
    }

    /**
     * Returns the link of the publishes to the channel {@code name}, as settings describe and code changes it.
     *
     * @param topics makes the sink of a topic
     * @throws SettingException if neither settings nor code say where records are stored
     */
    Link link(String name, WebSocketSink endpoint, Settings settings, Function<String, RecordSink> topics) {
        InboundChannel inbound = endpoint.inbound(name);
        var builder = new PublishBuilder<>(name, (policy, sink) -> new PublishLink(inbound, policy, sink));
        builder.limits(ValueLimits.from(settings));
        settings.find(PUBLISH_TO.of(name)).map(topics).ifPresent(builder::sink);
        settings.find(PUBLISH_ACCESS.of(name)).map(ConfiguredChannels::access).ifPresent(builder::access);
        byChannel.getOrDefault(name, List.of()).forEach(change -> change.accept(builder));
        return builder.build();
    }

    /**
     * Refuses settings that would have no effect.
     *
     * @param read the channels that have events
     * @throws SettingException if there is one
     */
    void refuseUseless(Settings settings, Collection<String> read) {
        SortedSet<String> taking = channels(settings);
        for (String name : settings.channels()) {
            Setting<String> access = PUBLISH_ACCESS.of(name);
            if (!taking.contains(name) && settings.find(access).isPresent()) {
                throw new SettingException(
                        access.key(),
                        access + " is set, but the channel takes no publishes; set " + PUBLISH_TO.of(name)
                                + " to a topic, or remove it");
            }
            if (taking.contains(name) && !read.contains(name)) {
                ChannelSettings.all().forEach(each -> refuseIfSet(settings, each.of(name), name));
            }
        }
    }

    private static void refuseIfSet(Settings settings, Setting<?> setting, String name) {
        boolean ofPublishing = setting.key().contains(".publish-");
        if (!ofPublishing && settings.find(setting).isPresent()) {
            throw new SettingException(
                    setting.key(),
                    setting + " is set, but the channel only takes publishes; set " + TOPIC.of(name)
                            + " to show events too, or remove it");
        }
    }
}
