package io.laundrybridge;

import static io.laundrybridge.config.ChannelSettings.PUBLISH_ACCESS;
import static io.laundrybridge.config.ChannelSettings.PUBLISH_SCHEMA;
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
import io.laundrybridge.publish.PublishCustomizer;
import io.laundrybridge.publish.RecordSink;
import io.laundrybridge.publish.schema.JsonSchemaCheck;
import io.laundrybridge.session.WebSocketSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The channels that take publishes, by settings and by code. Not thread-safe. */
final class ConfiguredPublishes {
    private static final Set<Setting<?>> OF_PUBLISHES = Set.of(PUBLISH_TO, PUBLISH_ACCESS, PUBLISH_SCHEMA);

    private final List<PublishCustomizer> ofAll = new ArrayList<>();
    private final Map<String, List<PublishCustomizer>> byChannel = new TreeMap<>();

    void addForAll(PublishCustomizer change) {
        ofAll.add(change);
    }

    void add(String channel, PublishCustomizer change) {
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
        Setting<String> schema = PUBLISH_SCHEMA.of(name);
        settings.find(schema).map(at -> JsonSchemaCheck.at(at, schema.key())).ifPresent(builder::check);
        ofAll.forEach(change -> change.accept(builder));
        byChannel.getOrDefault(name, List.of()).forEach(change -> change.accept(builder));
        return builder.build();
    }

    /**
     * Refuses settings about publishes to channels that take none.
     *
     * @throws SettingException if there is one
     */
    void refuseUseless(Settings settings) {
        SortedSet<String> taking = channels(settings);
        for (String name : settings.channels()) {
            for (Setting<?> setting : List.of(PUBLISH_ACCESS.of(name), PUBLISH_SCHEMA.of(name))) {
                if (!taking.contains(name) && settings.find(setting).isPresent()) {
                    throw new SettingException(
                            setting.key(),
                            setting + " is set, but the channel takes no publishes; set " + PUBLISH_TO.of(name)
                                    + " to a topic, or remove it");
                }
            }
        }
    }

    /**
     * Refuses settings about events of a channel that has none.
     *
     * @throws SettingException if there is one
     */
    static void refuseEvents(Settings settings, String name) {
        for (Setting<?> each : ChannelSettings.all()) {
            Setting<?> setting = each.of(name);
            if (!OF_PUBLISHES.contains(each) && settings.find(setting).isPresent()) {
                throw new SettingException(
                        setting.key(),
                        setting + " is set, but the channel only takes publishes; set " + TOPIC.of(name)
                                + " to show events too, or remove it");
            }
        }
    }
}
