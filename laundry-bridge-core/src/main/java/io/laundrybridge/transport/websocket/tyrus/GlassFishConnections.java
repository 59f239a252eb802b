package io.laundrybridge.transport.websocket.tyrus;

import java.io.Closeable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Finds Grizzly's connection below Tyrus in a servlet container of GlassFish or Payara. The path begins at the writer's
 * upgrade handler. It goes on through the web connection, Catalina's request and Grizzly's request. It uses reflection,
 * because the library links to no server.
 */
final class GlassFishConnections {
    private GlassFishConnections() {}

    /** Returns the connection; null if the servlet container is another one, or the session is over. */
    static @Nullable Object of(Closeable writer) {
        try {
            Object handler = field(writer, "tyrusHttpUpgradeHandler");
            Object request = field(webConnection(handler), "request");
            return call(call(grizzlys(request), "getContext"), "getConnection");
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    /** Returns the web connection through methods: the handler may be a CDI proxy, whose fields are empty. */
    private static Object webConnection(Object handler) throws ReflectiveOperationException {
        for (Class<?> type = handler.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals("getWebConnection")) {
                    method.setAccessible(true);
                    return method.invoke(handler);
                }
            }
        }
        throw new NoSuchMethodException("getWebConnection");
    }

    /** Returns the request below a request. The method has two names: GlassFish's and Payara's. */
    private static Object grizzlys(Object request) throws ReflectiveOperationException {
        try {
            return call(request, "getGrizzlyRequest");
        } catch (NoSuchMethodException payara) {
            return call(request, "getCoyoteRequest");
        }
    }

    private static Object call(Object owner, String method) throws ReflectiveOperationException {
        return owner.getClass().getMethod(method).invoke(owner);
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
