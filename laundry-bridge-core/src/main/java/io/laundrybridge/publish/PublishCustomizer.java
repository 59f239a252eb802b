package io.laundrybridge.publish;

import java.util.function.Consumer;

/**
 * Changes in code how one channel of a {@code LaundryBridge} takes publishes. Called once, while the bridge is built,
 * after the channel's settings were applied. So code wins over settings.
 *
 * <pre>{@code
 * PublishCustomizer commands = publishes -> publishes.access(Access.role("STAFF"));
 * }</pre>
 */
@FunctionalInterface
public interface PublishCustomizer extends Consumer<PublishBuilder<?>> {}
