package io.laundrybridge.transport.websocket.tyrus;

import io.laundrybridge.transport.websocket.container.PendingSend;
import java.io.IOException;
import org.glassfish.grizzly.EmptyCompletionHandler;

/** Ends a session's send with Grizzly's result. */
final class GrizzlyCompletion<R> extends EmptyCompletionHandler<R> {
    private final PendingSend send;

    GrizzlyCompletion(PendingSend send) {
        this.send = send;
    }

    @Override
    public void completed(R written) {
        send.end(null);
    }

    @Override
    public void failed(Throwable failure) {
        send.end(failure);
    }

    @Override
    public void cancelled() {
        send.end(new IOException("Grizzly cancelled the send"));
    }
}
