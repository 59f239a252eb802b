package io.laundrybridge.spring;

import io.laundrybridge.Bridge;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.config.Settings;
import io.laundrybridge.source.EventSource;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the bridge of each channel as a bean with the channel's name as its qualifier. Their own names are
 * {@code laundryBridge.NAME}, so that the application's beans for a channel may have the channel's name.
 */
final class BridgeBeans implements ImportBeanDefinitionRegistrar {
    private final Environment environment;
    private final BeanFactory beans;

    /** Called by Spring. */
    BridgeBeans(Environment environment, BeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        if (environment instanceof ConfigurableEnvironment readable
                && beans instanceof ConfigurableListableBeanFactory factory) {
            Set<String> channels = new TreeSet<>(new ChannelBeans(factory).channelsOf(EventSource.class));
            channels.addAll(
                    Settings.of(new EnvironmentSettings(readable).read()).channels());
            channels.forEach(channel -> registry.registerBeanDefinition("laundryBridge." + channel, bean(channel)));
        }
    }

    /** Not injected without its qualifier, so that a map of bridges has the names of channels as its keys. */
    private static RootBeanDefinition bean(String channel) {
        RootBeanDefinition bean = new RootBeanDefinition(BridgeBeans.class);
        bean.setTargetType(Bridge.class);
        bean.setFactoryMethodName("bridge");
        bean.getConstructorArgumentValues().addIndexedArgumentValue(1, channel);
        bean.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, channel));
        bean.setDefaultCandidate(false);
        bean.setDestroyMethodName(""); // the LaundryBridge stops it
        return bean;
    }

    /** Called by Spring, as the factory of each of these beans. */
    static Bridge bridge(LaundryBridge laundry, String channel) {
        return laundry.bridge(channel);
    }
}
