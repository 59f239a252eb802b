package io.laundrybridge.transport.websocket.jetty;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * The ways into Jetty's flushers. A flusher writes what others send to one peer, Jetty's pongs and closes too. What
 * waits is in its queue, what it writes is in a list, and its lock guards both.
 *
 * @param guard the lock
 * @param queue the frames that it has not begun
 * @param current the frames that it writes
 * @param lock {@code (guard)}: waits for the lock
 * @param unlock {@code (guard)}: lets go of it
 * @param batch {@code (flusher, buffer)}: what goes out before the next frame
 * @param buffer makes such a buffer of bytes
 */
record JettyFlushers(
        Field guard,
        Field queue,
        Field current,
        MethodHandle lock,
        MethodHandle unlock,
        MethodHandle batch,
        Method buffer) {

    private static final MethodType ON_ONE = MethodType.methodType(void.class, Object.class);

    static JettyFlushers of(Class<?> flusher) throws ReflectiveOperationException {
        Field guard = open(flusher, "_lock");
        Field batch = open(flusher, "_batchBuffer");
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        return new JettyFlushers(
                guard,
                open(flusher, "_queue"),
                open(flusher, "_currentEntries"),
                lookup.unreflect(guard.getType().getMethod("lock")).asType(ON_ONE),
                lookup.unreflect(guard.getType().getMethod("close")).asType(ON_ONE),
                lookup.unreflectSetter(batch).asType(MethodType.methodType(void.class, Object.class, Object.class)),
                batch.getType().getMethod("wrap", ByteBuffer.class));
    }

    private static Field open(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Returns the turns of one flusher. */
    Turns turns(Object flusher) throws ReflectiveOperationException {
        return new Turns(this, flusher, guard.get(flusher), (Collection<?>) queue.get(flusher), (Collection<?>)
                current.get(flusher));
    }

    /** The turns in which another may write to the peer of one flusher. Thread-safe, as the flusher's lock is. */
    record Turns(JettyFlushers ways, Object flusher, Object guard, Collection<?> queue, Collection<?> current) {

        /** Begins a turn, during which the flusher waits; false if it has something to write. */
        boolean begin() throws Throwable {
            ways.lock.invokeExact(guard);
            if (queue.isEmpty() && current.isEmpty()) {
                return true;
            }
            end();
            return false;
        }

        /** Has {@code rest} written before anything else. In a turn. */
        void leave(ByteBuffer rest) throws Throwable {
            ways.batch.invokeExact(flusher, ways.buffer.invoke(null, rest));
        }

        void end() throws Throwable {
            ways.unlock.invokeExact(guard);
        }
    }
}
