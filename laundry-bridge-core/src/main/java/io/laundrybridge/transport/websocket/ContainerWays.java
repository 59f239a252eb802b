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
 * The ways to write to the sessions of one class and to drop them, for which the container's adapter is asked once. If
 * the container is not as its adapter expects, that is logged once, and later sessions are written to in the portable
 * way. Thread-safe.
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
            return opened.portableWriter(); // an extension must see every frame
        }
        try {
            FrameWriters found = writers.get();
            if (found == null) {
                found = adapter.writers(session, opened.remote().getClass());
                writers.compareAndSet(null, found);
            }
            return found.of(opened);
        } catch (Throwable otherVersion) { // linkage errors too: a change in a container must never cost a session
            giveUpWriters(otherVersion);
            return opened.portableWriter();
        }
    }

    /** Makes the portable way the only one from now on. */
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

    /**
     * Returns the message for a container that is as expected, but whose server hides its classes from applications.
     */
    private String hidden(@Nullable String missing) {
        String cure = adapter.cureOfHiddenClasses();
        return "The server hides the classes below " + session.getName() + " (" + missing
                + ") from this application: frames go out by the portable way, which costs more"
                + (cure.isEmpty() ? "" : "; " + cure);
    }

    /** Returns the way to drop a session that has just opened. */
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
