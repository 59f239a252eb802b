package io.laundrybridge.transport;

import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what arrives on one connection to its session, one call at a time, because containers report a close or an
 * error during a message. It forgets the session once the connection has gone, because containers may keep closed
 * connections for long. Guarded by its own lock, which no send takes. Thread-safe.
 */
public final class InboundGate {
    private static final Logger LOG = LoggerFactory.getLogger(InboundGate.class);
    private static final RateLimitedLog FAILURES = new RateLimitedLog(LOG, System::nanoTime);

    private @Nullable Inbound inbound;
    private @Nullable Transport transport;
    private boolean gone;

    /** Makes a gate that lets nothing pass yet. */
    public InboundGate() {}

    /** Opens the gate to {@code session}, or closes the session if the connection has already gone. */
    public synchronized void open(Inbound session, Transport connection) {
        if (gone) {
            session.closed();
        } else {
            inbound = session;
            transport = connection;
        }
    }

    /**
     * Passes a call to the session, unless the connection has gone. If the session throws, its connection is dropped.
     */
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

    /** Closes the gate, because the connection has gone. Idempotent. */
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
