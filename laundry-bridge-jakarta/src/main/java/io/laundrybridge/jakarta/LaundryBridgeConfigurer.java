package io.laundrybridge.jakarta;

import io.laundrybridge.LaundryBridgeBuilder;

/**
 * Changes the bridge of an application in code, before it is built. The application names its class in {@code
 * META-INF/services/io.laundrybridge.jakarta.LaundryBridgeConfigurer}. With CDI, beans of this type are called too.
 *
 * <pre>{@code
 * public final class Orders implements LaundryBridgeConfigurer {
 *     @Override
 *     public void configure(LaundryBridgeBuilder bridge) {
 *         bridge.access("orders", (caller, channel) -> Grant.rows(RowFilter.eq("/tenant", caller.claim("tenant"))));
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface LaundryBridgeConfigurer {

    /**
     * Changes the bridge. Called once, after settings and beans of channels were applied; what it throws fails the
     * deployment.
     *
     * @param bridge the builder of the bridge
     */
    void configure(LaundryBridgeBuilder bridge);
}
