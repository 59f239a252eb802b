package io.laundrybridge.publish;

import io.laundrybridge.host.HostServices;
import java.util.function.Consumer;

/**
 * What clients of an endpoint publish to one channel. {@code WebSocketSink.inbound(name)} returns one, and {@code
 * Bridge.from(...)} connects it to a {@link RecordSink}. The library implements it; its methods are for bridges.
 */
public interface InboundChannel {

    /** {@return the channel's name} */
    String name();

    /** {@return the threads, clocks and telemetry of the endpoint} */
    HostServices services();

    /**
     * Announces a bridge that was built and will attach itself when it starts.
     *
     * @param policy which callers may publish, and what becomes of it
     */
    void announce(PublishPolicy policy);

    /**
     * Begins to take publishes.
     *
     * @param policy which callers may publish, and what becomes of it
     * @param connection stores records, and is closed by {@link #detach}
     * @param trouble is called with {@link RecordSink.Connection#trouble} whenever that has changed, on a thread of the
     *     endpoint
     * @throws IllegalStateException if the channel takes publishes already, or the endpoint was closed
     */
    void attach(PublishPolicy policy, RecordSink.Connection connection, Consumer<String> trouble);

    /**
     * Takes no more publishes, and closes the connection. Publishes under way are answered first, for up to about two
     * seconds. It may be called again, and for a policy that was never attached.
     *
     * @param policy the policy that was announced or attached
     */
    void detach(PublishPolicy policy);
}
