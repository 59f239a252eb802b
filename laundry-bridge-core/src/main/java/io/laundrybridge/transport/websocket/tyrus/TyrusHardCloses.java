package io.laundrybridge.transport.websocket.tyrus;

import io.laundrybridge.transport.websocket.container.HardClose;
import io.laundrybridge.transport.websocket.container.HardCloses;
import io.laundrybridge.transport.websocket.container.OpenSession;
import java.io.Closeable;
import java.lang.reflect.Method;

/**
 * Finds the ways to end Tyrus connections. Tyrus has no public way to drop one: its close waits for the queue of a peer
 * that does not read. Grizzly's connection can be terminated; in other servlet containers the only way is to close the
 * writer.
 */
record TyrusHardCloses(TyrusWriters writers) implements HardCloses {

    @Override
    public HardClose of(OpenSession opened) throws ReflectiveOperationException {
        Closeable writer = writers.below(opened.remote());
        HardClose drop = below(writer);
        try {
            return new TyrusClose(writer, drop);
        } catch (NoClassDefFoundError hidden) {
            return drop; // the server hides Tyrus from applications: its own close has to do
        }
    }

    /** Looks up the connection at once: once a session has ended, GlassFish uses its request for another connection. */
    static HardClose below(Closeable writer) throws ReflectiveOperationException {
        Object connection = TyrusWriters.connection(writer);
        if (connection == null) {
            return writer::close;
        }
        Method terminate = connection.getClass().getMethod("terminateSilently");
        return () -> terminate.invoke(connection);
    }
}
