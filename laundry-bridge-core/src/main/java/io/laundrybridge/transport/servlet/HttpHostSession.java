package io.laundrybridge.transport.servlet;

import io.laundrybridge.session.socket.HostSession;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP session of a handshake. It is kept alive through its accessor (Servlet 6.1). Before Servlet 6.1 its idle
 * time is set again, which counts as an access in Jetty and Undertow. Older Tomcats know no such way.
 */
record HttpHostSession(HttpSession session) implements HostSession {
    private static final @Nullable Method ACCESSOR = accessor();

    /** Returns the session that a container reports; null if {@code given} is no HTTP session. */
    static @Nullable HostSession of(@Nullable Object given) {
        return given instanceof HttpSession session ? new HttpHostSession(session) : null;
    }

    @Override
    public String id() {
        return session.getId();
    }

    @Override
    public Duration idleTime() {
        return Duration.ofSeconds(Math.max(0, session.getMaxInactiveInterval()));
    }

    @Override
    public void keepAlive() {
        if (ACCESSOR == null || !accessed(ACCESSOR)) {
            session.getCreationTime(); // throws if the session has ended
            session.setMaxInactiveInterval(session.getMaxInactiveInterval());
        }
    }

    /** Accesses the session; returns false if the container has no accessor. */
    private boolean accessed(Method accessor) {
        try {
            Object access = accessor.invoke(session);
            Method method = accessor.getReturnType().getMethod("access", Consumer.class);
            Consumer<HttpSession> nothing = same -> {};
            method.invoke(access, nothing);
            return true;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalStateException ended) {
                throw ended;
            }
            return false;
        } catch (ReflectiveOperationException | RuntimeException none) {
            return false;
        }
    }

    private static @Nullable Method accessor() {
        try {
            return HttpSession.class.getMethod("getAccessor");
        } catch (ReflectiveOperationException beforeServlet61) {
            return null;
        }
    }
}
