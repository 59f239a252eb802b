package io.laundrybridge.session;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.publish.InboundChannel;
import io.laundrybridge.publish.PublishPolicy;
import io.laundrybridge.publish.RecordSink;
import io.laundrybridge.session.publish.PublishRoute;
import java.util.function.Consumer;

/** What clients of an endpoint publish to one channel. An attached one keeps the endpoint open. Thread-safe. */
record EndpointInbound(String name, WebSocketSink sink, PublishRoute route) implements InboundChannel {
    @Override
    public HostServices services() {
        return sink.services();
    }

    @Override
    public void announce(PublishPolicy policy) {
        route.announce(policy);
    }

    @Override
    public void attach(PublishPolicy policy, RecordSink.Connection connection, Consumer<String> trouble) {
        boolean attached = false;
        try {
            sink.attach(this, () -> route.attach(policy, connection, trouble));
            attached = true;
        } finally {
            if (!attached) {
                route.detach(policy);
            }
        }
    }

    @Override
    public void detach(PublishPolicy policy) {
        route.detach(policy);
        if (!route.isAttached()) {
            sink.detach(this);
        }
    }
}
