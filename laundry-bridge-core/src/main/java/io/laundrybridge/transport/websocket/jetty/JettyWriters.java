package io.laundrybridge.transport.websocket.jetty;

import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.OpenSession;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Finds the sockets below Jetty's WebSockets. Through the API each frame passes four queues and is a write of its own.
 *
 * @param core {@code (session)}: the core session
 * @param connection {@code (core session)}
 * @param endPoint {@code (connection)}: the end of the socket
 * @param flusher the connection's flusher
 * @param flushers the ways into flushers
 * @param write {@code (endpoint, buffers)}: writes what the socket takes now
 * @param callback makes one of two actions
 * @param finish {@code (core session, callback)}: has the flusher write all that it has
 */
record JettyWriters(
        Method core,
        Method connection,
        Method endPoint,
        Field flusher,
        JettyFlushers flushers,
        MethodHandle write,
        Method callback,
        MethodHandle finish)
        implements FrameWriters {

    /** An end that carries the bytes unchanged: without TLS, and not of a stream within HTTP/2. */
    private static final String PLAIN = "org.eclipse.jetty.io.SocketChannelEndPoint";

    static JettyWriters ofSessions(Class<?> session) throws ReflectiveOperationException {
        Method core = session.getMethod("getCoreSession");
        ClassLoader container = core.getReturnType().getClassLoader();
        String websocket = "org.eclipse.jetty.websocket.core.";
        Class<?> connection = Class.forName(websocket + "WebSocketConnection", false, container);
        Class<?> callback = Class.forName("org.eclipse.jetty.util.Callback", false, container);
        Method endPoint = connection.getMethod("getEndPoint");
        Field flusher = connection.getDeclaredField("flusher");
        flusher.setAccessible(true);
        return new JettyWriters(
                core,
                Class.forName(websocket + "WebSocketCoreSession", false, container)
                        .getMethod("getConnection"),
                endPoint,
                flusher,
                JettyFlushers.of(Class.forName(websocket + "internal.FrameFlusher", false, container)),
                write(endPoint.getReturnType()),
                callback.getMethod("from", Runnable.class, Consumer.class),
                MethodHandles.lookup()
                        .unreflect(core.getReturnType().getMethod("flush", callback))
                        .asType(MethodType.methodType(void.class, Object.class, Object.class)));
    }

    private static MethodHandle write(Class<?> endPoint) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .unreflect(endPoint.getMethod("flush", ByteBuffer[].class))
                .asFixedArity()
                .asType(MethodType.methodType(void.class, Object.class, ByteBuffer[].class));
    }

    @Override
    public FrameWriter of(OpenSession opened) throws ReflectiveOperationException {
        Object session = core.invoke(opened.session());
        Object connected = connection.invoke(session);
        Object socket = endPoint.invoke(connected);
        if (!socket.getClass().getName().equals(PLAIN)) {
            return opened.portableWriter();
        }
        Runnable done = () -> opened.send().end(null);
        Consumer<Throwable> failed = failure -> opened.send().end(failure);
        Object ended = callback.invoke(null, done, failed);
        return new JettyWriter(this, opened, session, socket, flushers.turns(flusher.get(connected)), ended);
    }
}
