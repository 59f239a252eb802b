package io.laundrybridge.transport.websocket.tomcat;

import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.OpenSession;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sockets below Tomcat's WebSockets. Through the API, a send completes only after a hop to a thread of
 * Tomcat's pool; a write to the socket completes at once.
 *
 * @param endpoint the object that frames and writes, behind a session's remote endpoint
 * @param socket the endpoint's socket
 * @param turn the endpoint's semaphore; its holder may write a frame
 * @param write {@code (socket, buffers, how many, handler)}, completed once all is written
 * @param endTurn {@code (endpoint)}: writes what the container has queued, or releases the semaphore
 */
record TomcatWriters(Field endpoint, Field socket, Field turn, MethodHandle write, MethodHandle endTurn)
        implements FrameWriters {

    static TomcatWriters ofRemotes(Class<?> remote) throws ReflectiveOperationException {
        ClassLoader container = remote.getClassLoader();
        String websocket = "org.apache.tomcat.websocket.";
        Class<?> base = Class.forName(websocket + "WsRemoteEndpointImplBase", false, container);
        Class<?> server = Class.forName(websocket + "server.WsRemoteEndpointImplServer", false, container);
        Field socket = open(server, "socketWrapper");
        return new TomcatWriters(
                open(Class.forName(websocket + "WsRemoteEndpointBase", false, container), "base"),
                socket,
                open(base, "messagePartInProgress"),
                write(socket.getType(), container),
                endTurn(base));
    }

    @Override
    public FrameWriter of(OpenSession opened) throws ReflectiveOperationException {
        Object frames = endpoint.get(opened.remote());
        Object connection = socket.get(frames);
        boolean asynchronous =
                (boolean) socket.getType().getMethod("hasAsyncIO").invoke(connection);
        if (!asynchronous) {
            return opened.portableWriter();
        }
        return new TomcatWriter(this, opened, frames, connection, plain(connection), (Semaphore) turn.get(frames));
    }

    /**
     * Returns the channel that carries the bytes unchanged; null with TLS. Tomcat's own channel object would not do: it
     * serves another connection once this one is closed.
     */
    private @Nullable SocketChannel plain(Object connection) throws ReflectiveOperationException {
        Object channel = socket.getType().getMethod("getSocket").invoke(connection);
        return channel.getClass().getName().equals("org.apache.tomcat.util.net.NioChannel")
                ? (SocketChannel) channel.getClass().getMethod("getIOChannel").invoke(channel)
                : null;
    }

    /**
     * Finds the write that never blocks, because only the holder of the semaphore writes. It has no timeout of its own.
     */
    private static MethodHandle write(Class<?> socket, ClassLoader container) throws ReflectiveOperationException {
        Class<?> blocking = Class.forName(socket.getName() + "$BlockingMode", true, container);
        Class<?> check = Class.forName(socket.getName() + "$CompletionCheck", true, container);
        Method write = socket.getMethod(
                "write",
                ByteBuffer[].class,
                int.class,
                int.class,
                blocking,
                long.class,
                TimeUnit.class,
                Object.class,
                check,
                CompletionHandler.class);
        Object classic = blocking.getField("CLASSIC").get(null);
        Object whole = socket.getField("COMPLETE_WRITE_WITH_COMPLETION").get(null);
        MethodHandle handle = MethodHandles.publicLookup().unreflect(write);
        handle = MethodHandles.insertArguments(handle, 4, classic, -1L, TimeUnit.MILLISECONDS, null, whole);
        handle = MethodHandles.insertArguments(handle, 2, 0);
        return handle.asType(MethodType.methodType(
                void.class, Object.class, ByteBuffer[].class, int.class, CompletionHandler.class));
    }

    private static MethodHandle endTurn(Class<?> base) throws ReflectiveOperationException {
        Method end = base.getDeclaredMethod("endMessage", SendHandler.class, SendResult.class);
        end.setAccessible(true);
        MethodHandle handle = MethodHandles.lookup().unreflect(end);
        return MethodHandles.insertArguments(handle, 1, null, null)
                .asType(MethodType.methodType(void.class, Object.class));
    }

    private static Field open(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
