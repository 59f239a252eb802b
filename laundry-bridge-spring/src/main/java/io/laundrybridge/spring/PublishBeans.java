package io.laundrybridge.spring;

import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.publish.PublishBuilder;
import io.laundrybridge.publish.PublishCustomizer;
import io.laundrybridge.publish.PublishMapping;
import io.laundrybridge.publish.RecordSink;
import io.laundrybridge.publish.ValueCheck;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The application's beans for what clients publish. */
final class PublishBeans {
    private final ChannelBeans ofChannels;
    private final Set<String> channels;

    /** Finds the beans for {@code channels}. */
    PublishBeans(ChannelBeans ofChannels, Set<String> channels) {
        this.ofChannels = ofChannels;
        this.channels = channels;
    }

    /**
     * Adds them all. Those for all channels are for the channels that take publishes.
     *
     * @throws HostException if a bean is for no channel, or two contradict each other
     */
    void addTo(LaundryBridgeBuilder builder) {
        add(builder, ofChannels.single(RecordSink.class, channels), PublishBuilder::sink);
        add(builder, ofChannels.single(ValueCheck.class, channels), PublishBuilder::check);
        add(builder, ofChannels.single(PublishMapping.class, channels), PublishBuilder::map);
        add(builder, ofChannels.all(PublishCustomizer.class, channels), (publishes, bean) -> bean.accept(publishes));
    }

    private <T> void add(
            LaundryBridgeBuilder builder, List<ChannelBeans.Found<T>> found, BiConsumer<PublishBuilder<?>, T> use) {
        found.stream()
                .filter(each -> !ofChannels.isForAll(each.name()))
                .forEach(each -> builder.publish(each.channel(), publishes -> use.accept(publishes, each.bean())));
        found.stream()
                .filter(each -> ofChannels.isForAll(each.name()))
                .map(ChannelBeans.Found::bean)
                .distinct()
                .forEach(bean -> builder.publishAll(publishes -> use.accept(publishes, bean)));
    }
}
