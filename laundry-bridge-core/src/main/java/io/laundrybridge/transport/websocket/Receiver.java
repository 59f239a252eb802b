package io.laundrybridge.transport.websocket;

import io.laundrybridge.host.RateLimitedLog;
import io.laundrybridge.session.Inbound;
import io.laundrybridge.session.Transport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what arrives on one socket, one call at a time: containers call {@code onClose} and {@code onError} beside
 * a message handler. Once the socket has gone it lets go of the session, because containers may remember a closed socket
 * for long. Guarded by its own lock, which no send takes.
 */
final class Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    private static final RateLimitedLog FAILURES = new RateLimitedLog(LOG, System::nanoTime);

    private @Nullable Inbound inbound;
    private @Nullable Transport transport;
    private boolean gone;

    /** The session is there; the socket may have gone meanwhile. */
    synchronized void open(Inbound session, Transport socket) {
        if (gone) {
            session.closed();
        } else {
            inbound = session;
            transport = socket;
        }
    }

    /** Passes a call to the session, unless the socket has gone. */
    synchronized void deliver(Consumer<Inbound> call) {
        if (inbound == null) {
            return;
        }
        try {
            call.accept(inbound);
        } catch (Throwable broken) {
            FAILURES.warn("A session failed to take what its client sent; dropping it", broken);
            drop();
        }
    }

    /** The socket has gone. Any number of times. */
    synchronized void closed() {
        gone = true;
        Inbound session = inbound;
        inbound = null;
        transport = null;
        if (session != null) {
            session.closed();
        }
    }

    private void drop() {
        if (transport != null) {
            transport.abort();
        }
        closed();
    }
}
