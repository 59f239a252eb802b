package io.laundrybridge.transport.websocket.tomcat;

import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.HardCloses;
import java.lang.reflect.Method;

/** Tomcat, embedded or not. It has no way to refuse a handshake with a status of our choice. */
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
     * Tomcat waits 20 s for the peer after code 1000, 50 ms after any other, and then cuts the connection. If it
     * was asked to close before, it waits for half a minute and takes no second close; what it does after that time
     * cuts it now.
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
