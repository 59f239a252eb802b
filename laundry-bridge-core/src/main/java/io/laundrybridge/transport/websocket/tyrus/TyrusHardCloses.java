package io.laundrybridge.transport.websocket.tyrus;

import io.laundrybridge.transport.websocket.container.HardClose;
import io.laundrybridge.transport.websocket.container.HardCloses;
import io.laundrybridge.transport.websocket.container.OpenSession;
import java.io.Closeable;
import java.lang.reflect.Method;

/**
 * Finds the way to drop Tyrus connections. Tyrus has no public way: its close waits for the queue of a peer that does
 * not read. Grizzly's connection can be terminated; in other servlet containers the only way is to close the writer.
 */
record TyrusHardCloses(TyrusWriters writers) implements HardCloses {

    @Override
    public HardClose of(OpenSession opened) throws ReflectiveOperationException {
        return below(writers.below(opened.remote()));
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
