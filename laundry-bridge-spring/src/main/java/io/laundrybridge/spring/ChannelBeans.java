package io.laundrybridge.spring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The beans that an application has for single channels. A bean is for the channels of its {@link ForChannel}, else
 * for the channel of its {@link Qualifier}, else for the channel of its own name. Beans that are no candidates for
 * injection do not count.
 */
final class ChannelBeans {

    /**
     * A bean for one channel.
     *
     * @param channel the channel's name
     * @param name the bean's name
     * @param bean the bean
     */
    record Found<T>(String channel, String name, T bean) {}

    private final ConfigurableListableBeanFactory beans;

    ChannelBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Returns whether the bean {@code name} is for all channels. */
    boolean isForAll(String name) {
        return named(name).isEmpty();
    }

    /** Returns the channels that beans of {@code type} name. */
    Set<String> channelsOf(Class<?> type) {
        Set<String> channels = new TreeSet<>();
        names(type).forEach(bean -> channels.addAll(named(bean)));
        return channels;
    }

    /**
     * Returns the beans of {@code type}, once per channel, in Spring's order.
     *
     * @throws HostException if one is for a channel that is not in {@code channels}
     */
    <T> List<Found<T>> all(Class<T> type, Set<String> channels) {
        List<Found<T>> found = new ArrayList<>();
        for (String bean : names(type)) {
            Collection<String> named = named(bean);
            refuseUnknown(type, bean, named, channels);
            T object = beans.getBean(bean, type);
            (named.isEmpty() ? channels : named).forEach(channel -> found.add(new Found<>(channel, bean, object)));
        }
        return found;
    }

    /**
     * Returns the beans of {@code type}, at most one per channel.
     *
     * @throws HostException if two are for one channel, or one is for a channel that is not in {@code channels}
     */
    <T> List<Found<T>> single(Class<T> type, Set<String> channels) {
        return single(type, all(type, channels));
    }

    /**
     * Returns the beans of a type that applications use for other things too, at most one per channel. Without {@link
     * ForChannel}, a bean whose name is no channel is one of these.
     *
     * @throws HostException if two are for one channel, or one is for a channel that is not in {@code channels}
     */
    <T> List<Found<T>> matching(Class<T> type, Set<String> channels) {
        List<Found<T>> found = new ArrayList<>();
        for (String bean : names(type)) {
            Collection<String> named = named(bean);
            if (beans.findAnnotationOnBean(bean, ForChannel.class) != null) {
                refuseUnknown(type, bean, named, channels);
            } else if (!channels.containsAll(named)) {
                continue;
            }
            T object = beans.getBean(bean, type);
            (named.isEmpty() ? channels : named).forEach(channel -> found.add(new Found<>(channel, bean, object)));
        }
        return single(type, found);
    }

    private static <T> List<Found<T>> single(Class<T> type, List<Found<T>> found) {
        Map<String, String> taken = new TreeMap<>();
        for (Found<T> each : found) {
            String other = taken.putIfAbsent(each.channel(), each.name());
            if (other != null) {
                throw new HostException(
                        "channel '" + each.channel() + "' has two beans of type " + type.getSimpleName() + ", '" + other
                                + "' and '" + each.name() + "'",
                        "Keep one of them for this channel. Say with @ForChannel(...) which channels each is for.");
            }
        }
        return found;
    }

    private List<String> names(Class<?> type) {
        List<String> names = new ArrayList<>(Arrays.asList(beans.getBeanNamesForType(type, true, false)));
        names.removeIf(name -> beans.containsBeanDefinition(name)
                && !beans.getMergedBeanDefinition(name).isAutowireCandidate());
        names.sort(Comparator.comparingInt(this::order));
        return names;
    }

    private int order(String bean) {
        Order order = beans.findAnnotationOnBean(bean, Order.class);
        return order == null ? Ordered.LOWEST_PRECEDENCE : order.value();
    }

    /** Returns the channels that a bean names; empty if it is for all. */
    private Collection<String> named(String bean) {
        ForChannel several = beans.findAnnotationOnBean(bean, ForChannel.class);
        if (several != null) {
            return List.of(several.value());
        }
        String qualifier = qualifier(bean);
        return List.of(qualifier == null ? bean : qualifier);
    }

    private @Nullable String qualifier(String bean) {
        Qualifier qualifier = beans.findAnnotationOnBean(bean, Qualifier.class);
        return qualifier == null || qualifier.value().isEmpty() ? null : qualifier.value();
    }

    private static void refuseUnknown(Class<?> type, String bean, Collection<String> named, Set<String> channels) {
        for (String channel : named) {
            if (!channels.contains(channel)) {
                throw new HostException(
                        "the bean '" + bean + "' of type " + type.getSimpleName() + " is for channel '" + channel
                                + "', which does not exist; the channels are " + String.join(", ", channels),
                        "Name the bean like its channel, or add @Qualifier(\"NAME\") or @ForChannel({\"NAME\", ...});"
                                + " @ForChannel alone is for all channels. If the bean is not for the bridge, add"
                                + " @Bean(autowireCandidate = false).");
            }
        }
    }
}
