package io.laundrybridge;

import java.util.function.Consumer;

/**
 * Changes one channel of a {@link LaundryBridge} in code: what it shows of its records, and how it is served. Called
 * once, while the bridge is built, after the channel's settings were applied. So code wins over settings.
 *
 * <pre>{@code
 * ChannelCustomizer orders = ChannelCustomizer.records(records -> records.map(Order.class, OrderView::of));
 * }</pre>
 */
public interface ChannelCustomizer {

    /**
     * Changes how records are read. Does nothing by default.
     *
     * @param records the first stage of the channel's builder
     */
    default void records(BridgeBuilder records) {}

    /**
     * Changes how the channel is served. Does nothing by default.
     *
     * @param channel the second stage of the channel's builder
     */
    default void channel(ChannelBuilder channel) {}

    /**
     * {@return a customizer of the first stage alone}
     *
     * @param change changes how records are read
     */
    static ChannelCustomizer records(Consumer<? super BridgeBuilder> change) {
        return new ChannelCustomizer() {
            @Override
            public void records(BridgeBuilder records) {
                change.accept(records);
            }
        };
    }

    /**
     * {@return a customizer of the second stage alone}
     *
     * @param change changes how the channel is served
     */
    static ChannelCustomizer channel(Consumer<? super ChannelBuilder> change) {
        return new ChannelCustomizer() {
            @Override
            public void channel(ChannelBuilder channel) {
                change.accept(channel);
            }
        };
    }
}
