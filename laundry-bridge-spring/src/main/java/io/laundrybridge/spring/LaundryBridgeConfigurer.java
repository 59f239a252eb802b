package io.laundrybridge.spring;

import io.laundrybridge.LaundryBridgeBuilder;

/**
 * Changes the bridge in code before it is built. Beans of this type are called in Spring's order, after properties and
 * the application's beans for channels were applied.
 */
@FunctionalInterface
public interface LaundryBridgeConfigurer {

    /**
     * Changes the bridge.
     *
     * @param builder its builder
     */
    void configure(LaundryBridgeBuilder builder);
}
