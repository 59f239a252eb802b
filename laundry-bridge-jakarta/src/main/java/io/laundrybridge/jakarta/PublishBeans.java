package io.laundrybridge.jakarta;

import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.publish.PublishBuilder;
import io.laundrybridge.publish.PublishCustomizer;
import io.laundrybridge.publish.PublishMapping;
import io.laundrybridge.publish.RecordSink;
import io.laundrybridge.publish.ValueCheck;
import java.util.function.BiConsumer;

/** The application's beans for what clients publish. */
final class PublishBeans {
    private final ChannelBeans ofChannels;

    PublishBeans(ChannelBeans ofChannels) {
        this.ofChannels = ofChannels;
    }

    /** Adds them all. Those for all channels are for the channels that take publishes. */
    void addTo(LaundryBridgeBuilder builder) {
        add(builder, RecordSink.class, PublishBuilder::sink);
        add(builder, ValueCheck.class, PublishBuilder::check);
        add(builder, PublishMapping.class, PublishBuilder::map);
        ofChannels.all(PublishCustomizer.class).forEach(found -> publish(builder, found.channel(), found.bean()));
    }

    private <T> void add(LaundryBridgeBuilder builder, Class<T> type, BiConsumer<PublishBuilder<?>, T> use) {
        ofChannels
                .single(type)
                .forEach((channel, bean) -> publish(builder, channel, publishes -> use.accept(publishes, bean)));
    }

    private static void publish(LaundryBridgeBuilder builder, String channel, PublishCustomizer change) {
        if (channel.isEmpty()) {
            builder.publishAll(change);
        } else {
            builder.publish(channel, change);
        }
    }
}
