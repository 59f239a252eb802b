package io.laundrybridge.jakarta;

import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridgeBuilder;
import io.laundrybridge.policy.Access;

/** Code of an application without CDI. */
public final class OrdersConfigurer implements LaundryBridgeConfigurer {
    @Override
    public void configure(LaundryBridgeBuilder bridge) {
        bridge.source("orders", SharedOrders.source())
                .access("orders", Access.anonymous())
                .customize(
                        "orders",
                        ChannelCustomizer.records(records -> records.filter(Order.class, order -> order.price() < 10)));
    }
}
