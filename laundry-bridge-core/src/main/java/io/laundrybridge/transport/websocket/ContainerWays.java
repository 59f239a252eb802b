package io.laundrybridge.transport.websocket;

import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.HardClose;
import io.laundrybridge.transport.websocket.container.HardCloses;
import io.laundrybridge.transport.websocket.container.OpenSession;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * How the sessions of one class are written to and dropped: as the container's adapter says, which is asked once. If
 * the container is not as its adapter expects, that is said once and sessions go the portable way from then on.
 * Thread-safe.
 */
final class ContainerWays {
    private final ContainerAdapter adapter;
    private final Class<?> session;
    private final Logger log;
    private final AtomicReference<@Nullable FrameWriters> writers = new AtomicReference<>();
    private final AtomicReference<@Nullable HardCloses> hardCloses = new AtomicReference<>();

    ContainerWays(ContainerAdapter adapter, Class<?> session, Logger log) {
        this.adapter = adapter;
        this.session = session;
        this.log = log;
    }

    /** Returns the writer of a session that has just opened. */
    FrameWriter writer(OpenSession opened) {
        if (!opened.session().getNegotiatedExtensions().isEmpty()) {
            return opened.portableWriter(); // an extension has to see every frame
        }
        try {
            FrameWriters found = writers.get();
            if (found == null) {
                found = adapter.writers(session, opened.remote().getClass());
                writers.compareAndSet(null, found);
            }
            return found.of(opened);
        } catch (Throwable otherVersion) { // linkage errors too: nothing that a container changed may cost a session
            giveUpWriters(otherVersion);
            return opened.portableWriter();
        }
    }

    /** From now on sessions are written to by the portable way. */
    void giveUpWriters(Throwable reason) {
        if (writers.getAndSet(FrameWriters.PORTABLE) == FrameWriters.PORTABLE) {
            return;
        }
        if (reason instanceof NoClassDefFoundError) {
            log.info(hidden(reason.getMessage()));
        } else {
            log.warn(session.getName() + " " + session.getPackage().getImplementationVersion() + " is not as expected ("
                    + reason + "): frames go out by the portable way, which costs more");
        }
    }

    /** Returns the container is as expected, but its server does not show its classes to applications. */
    private String hidden(@Nullable String missing) {
        String cure = adapter.cureOfHiddenClasses();
        return "The server hides the classes below " + session.getName() + " (" + missing
                + ") from this application: frames go out by the portable way, which costs more"
                + (cure.isEmpty() ? "" : "; " + cure);
    }

    /** Returns how a session that has just opened is dropped. */
    HardClose hardClose(OpenSession opened) {
        try {
            return hardCloses().of(opened);
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            giveUpHardCloses(otherVersion);
            return () -> HardCloses.POLITE.of(opened).close();
        }
    }

    private HardCloses hardCloses() throws ReflectiveOperationException {
        HardCloses found = hardCloses.get();
        if (found == null) {
            found = adapter.hardCloses(session);
            hardCloses.compareAndSet(null, found);
        }
        return found;
    }

    private void giveUpHardCloses(Exception otherVersion) {
        if (hardCloses.getAndSet(HardCloses.POLITE) != HardCloses.POLITE) {
            log.warn(
                    "{} is not as expected ({}): its stalled connections are closed politely and may linger",
                    session.getName(),
                    otherVersion.toString());
        }
    }
}
