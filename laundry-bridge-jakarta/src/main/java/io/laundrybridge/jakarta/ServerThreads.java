package io.laundrybridge.jakarta;

import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Finds the threads that the server lends to applications. */
final class ServerThreads {
    /** Every Jakarta EE server has it (Jakarta Concurrency); plain servlet containers do not. */
    private static final String MANAGED = "java:comp/DefaultManagedThreadFactory";

    private ServerThreads() {}

    /**
     * Returns the server's managed thread factory, or daemon threads of our own with the application's class loader.
     * The code names no type of Jakarta Concurrency: a {@code ManagedThreadFactory} is a {@link ThreadFactory}.
     */
    @SuppressWarnings("BanJNDI") // A constant name in the component's own namespace: no other code writes there.
    static ThreadFactory of(ClassLoader application) {
        try {
            if (new InitialContext().lookup(MANAGED) instanceof ThreadFactory managed) {
                return managed;
            }
        } catch (NamingException | RuntimeException none) {
            // a servlet container without Jakarta Concurrency, or without any naming service
        }
        return task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.setContextClassLoader(application);
            return thread;
        };
    }
}
