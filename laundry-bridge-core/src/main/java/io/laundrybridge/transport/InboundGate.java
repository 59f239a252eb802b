package io.laundrybridge.transport;

import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what arrives on one connection to its session, one call at a time: containers report a close or an error
 * beside a message. Once the connection has gone it lets go of the session, because containers may remember a closed
 * connection for long. Guarded by its own lock, which no send takes. Thread-safe.
 */
public final class InboundGate {
    private static final Logger LOG = LoggerFactory.getLogger(InboundGate.class);
    private static final RateLimitedLog FAILURES = new RateLimitedLog(LOG, System::nanoTime);

    private @Nullable Inbound inbound;
    private @Nullable Transport transport;
    private boolean gone;

    /** Returns a gate that lets nothing pass yet. */
    public InboundGate() {}

    /** Opens the gate to {@code session}, or tells it that its connection has gone meanwhile. */
    public synchronized void open(Inbound session, Transport connection) {
        if (gone) {
            session.closed();
        } else {
            inbound = session;
            transport = connection;
        }
    }

    /** Passes a call to the session, unless the connection has gone. A session that throws is dropped. */
    public synchronized void deliver(Consumer<Inbound> call) {
        if (inbound == null) {
            return;
        }
        try {
            call.accept(inbound);
        } catch (Throwable broken) {
            FAILURES.warn("A session failed on a message of its client; the connection is dropped", broken);
            drop();
        }
    }

    /** Closes the gate, because the connection has gone. Any number of times. */
    public synchronized void closed() {
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
