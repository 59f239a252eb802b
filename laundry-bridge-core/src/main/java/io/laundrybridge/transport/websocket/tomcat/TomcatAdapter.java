package io.laundrybridge.transport.websocket.tomcat;

import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.HardCloses;
import java.lang.reflect.Method;

/** The adapter of Tomcat, embedded or not. Tomcat cannot refuse a handshake with a chosen status. */
public final class TomcatAdapter implements ContainerAdapter {

    @Override
    public boolean owns(Class<?> type) {
        return type.getName().startsWith("org.apache.tomcat.");
    }

    @Override
    public FrameWriters writers(Class<?> session, Class<?> remote) throws ReflectiveOperationException {
        return TomcatWriters.ofRemotes(remote);
    }

    /**
     * Closes in the way that Tomcat does not delay. After code 1000 it waits 20 s for the peer, after any other 50 ms,
     * and then cuts the connection. After an earlier close it waits half a minute and takes no second one; this makes
     * it cut the connection now.
     */
    @Override
    public HardCloses hardCloses(Class<?> session) throws ReflectiveOperationException {
        Method isClosed = session.getMethod("isClosed");
        Method cut = session.getDeclaredMethod("closeConnection");
        cut.setAccessible(true);
        return opened -> () -> {
            HardCloses.closeAbnormally(opened.session());
            if (!(boolean) isClosed.invoke(opened.session())) {
                cut.invoke(opened.session());
            }
        };
    }
}
