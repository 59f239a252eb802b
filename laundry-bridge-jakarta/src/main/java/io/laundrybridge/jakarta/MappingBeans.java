package io.laundrybridge.jakarta;

import io.laundrybridge.BridgeException;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.event.ValueDecoder;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The application's decoders and mappings of channels. A mapping is a {@link Function} of a value, or a {@link
 * BiFunction} of a value and its {@link SourceRecord}. Its declared type says what JSON is read into, unless the
 * channel has a decoder.
 */
final class MappingBeans {
    private static final Type DECODER = new TypeLiteral<ValueDecoder<?>>() {}.getType();
    private static final Type OF_VALUE = new TypeLiteral<Function<?, ?>>() {}.getType();
    private static final Type OF_RECORD = new TypeLiteral<BiFunction<?, ?, ?>>() {}.getType();

    /** A mapping, and what it reads. */
    private record Mapping(Class<?> input, BiFunction<Object, SourceRecord, @Nullable Object> function) {}

    private final Map<String, ValueDecoder<?>> decoders = new TreeMap<>();
    private final Map<String, Mapping> mappings = new TreeMap<>();

    MappingBeans(ChannelBeans beans) {
        beans.single(ValueDecoder.class, DECODER)
                .forEach((channel, bean) -> decoders.put(channel, beans.reference(bean, ValueDecoder.class)));
        beans.single(Function.class, OF_VALUE)
                .forEach((channel, bean) -> add(
                        channel,
                        new Mapping(input(bean, Function.class), ofValue(beans.reference(bean, Function.class)))));
        beans.single(BiFunction.class, OF_RECORD)
                .forEach((channel, bean) -> add(
                        channel,
                        new Mapping(input(bean, BiFunction.class), ofRecord(beans.reference(bean, BiFunction.class)))));
    }

    void addTo(LaundryBridgeBuilder builder) {
        decoders.forEach((channel, decoder) -> builder.customize(
                channel, ChannelCustomizer.records(records -> records.map(decoder, function(channel)))));
        mappings.forEach((channel, mapping) -> {
            if (!decoders.containsKey(channel)) {
                builder.customize(
                        channel,
                        ChannelCustomizer.records(records -> records.map(mapping.input(), mapping.function())));
            }
        });
    }

    private BiFunction<Object, SourceRecord, @Nullable Object> function(String channel) {
        Mapping mapping = mappings.get(channel);
        return mapping == null ? (value, record) -> value : mapping.function();
    }

    private void add(String channel, Mapping mapping) {
        if (mappings.putIfAbsent(channel, mapping) != null) {
            throw new BridgeException(
                    "channel '" + channel + "' has two mappings, a Function and a BiFunction; keep one");
        }
    }

    private static Class<?> input(Bean<?> bean, Class<?> kind) {
        for (Type type : bean.getTypes()) {
            if (type instanceof ParameterizedType declared
                    && declared.getRawType() == kind
                    && declared.getActualTypeArguments()[0] instanceof Class<?> input) {
                return input;
            }
        }
        throw new BridgeException("the mapping " + bean + " does not say which type it reads; declare the bean with its"
                + " types, for example as Function<Order, OrderView>");
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
