package io.laundrybridge.jakarta;

import io.laundrybridge.BridgeListener;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.Access;
import io.laundrybridge.source.EventSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.function.BiFunction;

/** Beans of an application for the channel {@code orders}. */
@ApplicationScoped
public class OrdersBeans {

    @Produces
    @Dependent
    @ForChannel("orders")
    EventSource source() {
        return SharedOrders.source();
    }

    @Produces
    @Dependent
    @ForChannel("orders")
    Access everybody() {
        return Access.anonymous();
    }

    @Produces
    @Dependent
    @ForChannel("orders")
    BiFunction<Order, SourceRecord, OrderView> view() {
        return (order, record) -> new OrderView(order.n(), String.valueOf(record.keyText()));
    }

    @Produces
    @Dependent
    @ForChannel("orders")
    ChannelCustomizer state() {
        return ChannelCustomizer.channel(channel -> channel.latestByKey());
    }

    @Produces
    @Dependent
    @ForChannel
    BridgeListener states(StatesSeen seen) {
        return (bridge, state, reason) -> seen.add(bridge.name() + " " + state);
    }
}
