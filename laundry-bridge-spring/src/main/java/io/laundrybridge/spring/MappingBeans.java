package io.laundrybridge.spring;

import io.laundrybridge.BridgeBuilder;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.event.ValueDecoder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * The application's decoders and mappings of channels. A mapping is a {@link Function} of a value, or a {@link
 * BiFunction} of a value and its {@link SourceRecord}. Its declared type says what JSON is read into, unless the
 * channel has a decoder.
 */
final class MappingBeans {

    /** A mapping, and the name and type of its bean. */
    private record Mapping(String bean, Class<?> kind, BiFunction<Object, SourceRecord, @Nullable Object> mapping) {}

    private final ConfigurableListableBeanFactory beans;
    private final Map<String, ValueDecoder<?>> decoders = new TreeMap<>();
    private final Map<String, Mapping> mappings = new TreeMap<>();

    /** Finds them; class literals have no type arguments. */
    @SuppressWarnings("rawtypes")
    MappingBeans(ConfigurableListableBeanFactory beans, Set<String> channels) {
        this.beans = beans;
        ChannelBeans ofChannels = new ChannelBeans(beans);
        ofChannels.single(ValueDecoder.class, channels).forEach(found -> decoders.put(found.channel(), found.bean()));
        ofChannels
                .matching(Function.class, channels)
                .forEach(found ->
                        add(found.channel(), new Mapping(found.name(), Function.class, ofValue(found.bean()))));
        ofChannels
                .matching(BiFunction.class, channels)
                .forEach(found ->
                        add(found.channel(), new Mapping(found.name(), BiFunction.class, ofRecord(found.bean()))));
    }

    void addTo(LaundryBridgeBuilder builder) {
        decoders.forEach((channel, decoder) -> builder.customize(
                channel, ChannelCustomizer.records(records -> decode(records, decoder, mappings.get(channel)))));
        mappings.forEach((channel, mapping) -> {
            if (!decoders.containsKey(channel)) {
                Class<?> type = input(mapping);
                builder.customize(channel, ChannelCustomizer.records(records -> records.map(type, mapping.mapping())));
            }
        });
    }

    private static <T> void decode(BridgeBuilder records, ValueDecoder<T> decoder, @Nullable Mapping mapping) {
        if (mapping == null) {
            records.map(decoder, (value, record) -> value);
        } else {
            records.map(decoder, mapping.mapping());
        }
    }

    private void add(String channel, Mapping mapping) {
        Mapping other = mappings.putIfAbsent(channel, mapping);
        if (other != null) {
            throw new HostException(
                    "channel '" + channel + "' has two mappings, the beans '" + other.bean() + "' and '"
                            + mapping.bean() + "'",
                    "Keep one of them for this channel.");
        }
    }

    private Class<?> input(Mapping mapping) {
        ResolvableType declared = beans.containsBeanDefinition(mapping.bean())
                ? beans.getMergedBeanDefinition(mapping.bean()).getResolvableType()
                : ResolvableType.forInstance(beans.getBean(mapping.bean()));
        Class<?> input = declared.as(mapping.kind()).getGeneric(0).resolve();
        if (input == null) {
            throw new HostException(
                    "the mapping '" + mapping.bean() + "' does not say which type it reads",
                    "Declare the bean with its types, for example as Function<Order, OrderView>.");
        }
        return input;
    }

    /** The declared type of the bean says that it takes these values. */
    @SuppressWarnings("unchecked")
    private static BiFunction<Object, SourceRecord, @Nullable Object> ofValue(Function<?, ?> mapping) {
        return (value, record) -> ((Function<Object, Object>) mapping).apply(value);
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<Object, SourceRecord, @Nullable Object> ofRecord(BiFunction<?, ?, ?> mapping) {
        return (value, record) -> ((BiFunction<Object, SourceRecord, Object>) mapping).apply(value, record);
    }
}
