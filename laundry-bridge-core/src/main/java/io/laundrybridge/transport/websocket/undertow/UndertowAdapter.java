package io.laundrybridge.transport.websocket.undertow;

import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.HardCloses;
import java.lang.reflect.Method;

/** The adapter of Undertow, embedded or in WildFly. Undertow cannot refuse a handshake with a chosen status. */
public final class UndertowAdapter implements ContainerAdapter {

    @Override
    public boolean owns(Class<?> type) {
        return type.getName().startsWith("io.undertow.");
    }

    @Override
    public FrameWriters writers(Class<?> session, Class<?> remote) throws ReflectiveOperationException {
        return UndertowWriters.ofSessions(session);
    }

    @Override
    public HardCloses hardCloses(Class<?> session) throws ReflectiveOperationException {
        Method forceClose = session.getMethod("forceClose");
        return opened -> () -> forceClose.invoke(opened.session());
    }

    @Override
    public String cureOfHiddenClasses() {
        return "in WildFly, WEB-INF/jboss-deployment-structure.xml with the modules io.undertow.core,"
                + " io.undertow.websocket, org.jboss.xnio and org.jboss.xnio.nio shows them";
    }
}
