package io.laundrybridge.session;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.ClosingLimits;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that were refused and are not closed yet. Each gets the reason and a close code, and is dropped if it is open
 * after {@code close-grace}. Beyond {@code refused-sockets} of them, new ones are dropped at once. Thread-safe.
 */
final class RefusedSockets {
    private final ClosingLimits limits;
    private final HostServices services;
    private final BlockingCalls elsewhere;
    private final Set<Refused> waiting = new HashSet<>(); // guarded by this
    private @Nullable ScheduledThreadPoolExecutor timer; // guarded by this

    RefusedSockets(ClosingLimits limits, HostServices services, BlockingCalls elsewhere) {
        this.limits = limits;
        this.services = services;
        this.elsewhere = elsewhere;
    }

    /** The container's side of a refused socket: everything that still arrives is ignored. */
    private final class Refused implements Inbound {
        private final Transport transport;

        private Refused(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void text(String part, boolean last) {}

        @Override
        public void binary() {}

        @Override
        public void pong() {}

        @Override
        public void closed() {
            remove(this);
        }

        /**
         * Also after {@link #closed}: Tomcat calls that as it sends its close, and then waits half a minute for the
         * peer's.
         */
        private void drop() {
            remove(this);
            elsewhere.run(BlockingCalls.Lane.ABORT, transport::abort);
        }
    }

    /** Sends {@code last} if there is one, and closes {@code transport} with {@code code}. */
    Inbound refuse(Transport transport, CloseCode code, String reason, @Nullable Frame last) {
        Refused refused = new Refused(transport);
        if (watch(refused)) {
            Runnable close = () -> transport.close(code.code(), reason);
            elsewhere.run(BlockingCalls.Lane.CLOSE, last == null ? close : () -> say(transport, last, close));
        } else {
            elsewhere.run(BlockingCalls.Lane.ABORT, transport::abort);
        }
        return refused;
    }

    private void say(Transport transport, Frame last, Runnable then) {
        try {
            transport.send(last, failure -> elsewhere.run(BlockingCalls.Lane.CLOSE, then));
        } catch (RuntimeException notSent) {
            then.run();
        }
    }

    /** Drops the remaining ones; no thread stays. Can be used again afterwards. */
    void finish() {
        List<Refused> left;
        synchronized (this) {
            left = List.copyOf(waiting);
            if (timer != null) {
                timer.shutdownNow();
                timer = null;
            }
        }
        left.forEach(Refused::drop);
    }

    private synchronized boolean watch(Refused refused) {
        if (waiting.size() >= limits.refused()) {
            return false;
        }
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(1, run -> services.thread("refused", run));
            timer.setKeepAliveTime(2, TimeUnit.SECONDS);
            timer.allowCoreThreadTimeOut(true);
        }
        waiting.add(refused);
        var unused = timer.schedule(refused::drop, limits.grace().toNanos(), TimeUnit.NANOSECONDS);
        services.telemetry().add(Meter.REFUSED_OPEN, "", 1);
        return true;
    }

    private synchronized void remove(Refused refused) {
        if (waiting.remove(refused)) {
            services.telemetry().add(Meter.REFUSED_OPEN, "", -1);
        }
    }
}
