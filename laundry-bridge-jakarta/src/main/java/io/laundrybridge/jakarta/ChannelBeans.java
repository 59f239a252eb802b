package io.laundrybridge.jakarta;

import io.laundrybridge.BridgeException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The CDI beans that an application has for channels, by their {@link ForChannel}. Beans with other qualifiers alone
 * are not for the bridge.
 */
final class ChannelBeans {

    /**
     * A bean for one channel.
     *
     * @param channel the channel's name; "" for all channels
     * @param bean the bean
     */
    record Found<T>(String channel, T bean) {}

    private final BeanManager manager;

    ChannelBeans(BeanManager manager) {
        this.manager = manager;
    }

    /** Returns the beans of {@code type} without a qualifier, in the order of their priorities. */
    <T> List<T> unqualified(Class<T> type) {
        return inOrder(manager.getBeans(type, Default.Literal.INSTANCE)).stream()
                .map(bean -> reference(bean, type))
                .toList();
    }

    /**
     * Returns the beans of {@code type} for channels, in the order of their priorities.
     *
     * @throws BridgeException if one names no channel
     */
    <T> List<Found<T>> all(Class<T> type) {
        List<Found<T>> found = new ArrayList<>();
        for (Bean<?> bean : inOrder(of(type))) {
            T object = reference(bean, type);
            channels(bean).forEach(channel -> found.add(new Found<>(channel, object)));
        }
        return found;
    }

    /**
     * Returns the one bean of {@code type} for each channel.
     *
     * @throws BridgeException if one names no channel, or a channel has several
     */
    <T> Map<String, T> single(Class<T> type) {
        Map<String, T> found = new TreeMap<>();
        single(type, type).forEach((channel, bean) -> found.put(channel, reference(bean, type)));
        return found;
    }

    /**
     * Returns the one bean for each channel that has the bean type {@code type}, a class or one with type arguments.
     *
     * @throws BridgeException if one names no channel, or a channel has several
     */
    Map<String, Bean<?>> single(Class<?> named, Type type) {
        Map<String, Bean<?>> found = new TreeMap<>();
        for (Bean<?> any : of(type)) {
            for (String channel : channels(any)) {
                found.computeIfAbsent(channel, name -> resolved(named, type, name));
            }
        }
        return found;
    }

    /** Returns the object of {@code bean} as {@code type}. */
    <T> T reference(Bean<?> bean, Class<T> type) {
        Type declared = bean.getTypes().stream()
                .filter(each -> each instanceof ParameterizedType generic && generic.getRawType() == type)
                .findFirst()
                .orElse(type);
        return type.cast(manager.getReference(bean, declared, manager.createCreationalContext(bean)));
    }

    /** Returns the channels that {@code bean} names; none if it is not for the bridge. */
    static List<String> channelsOf(Bean<?> bean) {
        return bean.getQualifiers().stream()
                .filter(ForChannel.class::isInstance)
                .map(qualifier -> ((ForChannel) qualifier).value())
                .toList();
    }

    private Bean<?> resolved(Class<?> named, Type type, String channel) {
        try {
            return manager.resolve(manager.getBeans(type, ForChannel.Literal.of(channel)));
        } catch (AmbiguousResolutionException several) {
            throw new BridgeException("channel '" + channel + "' has several beans of type " + named.getSimpleName()
                    + "; keep one: " + several.getMessage());
        }
    }

    private Set<Bean<?>> of(Type type) {
        return manager.getBeans(type, Any.Literal.INSTANCE);
    }

    private static List<String> channels(Bean<?> bean) {
        List<String> channels = channelsOf(bean);
        if (channels.isEmpty() && has(bean, Default.class)) {
            throw new BridgeException("the bean " + bean + " names no channel; add @ForChannel(\"NAME\"), @ForChannel"
                    + " for all channels, or another qualifier if it is not for the bridge");
        }
        return channels;
    }

    private static boolean has(Bean<?> bean, Class<? extends Annotation> qualifier) {
        return bean.getQualifiers().stream().anyMatch(qualifier::isInstance);
    }

    private static List<Bean<?>> inOrder(Set<Bean<?>> beans) {
        List<Bean<?>> ordered = new ArrayList<>(beans);
        ordered.sort(Comparator.<Bean<?>>comparingInt(ChannelBeans::priority)
                .thenComparing(bean -> bean.getBeanClass().getName()));
        return ordered;
    }

    private static int priority(Bean<?> bean) {
        Priority priority = bean.getBeanClass().getAnnotation(Priority.class);
        return priority == null ? Integer.MAX_VALUE : priority.value();
    }
}
