package io.laundrybridge.jakarta;

import io.laundrybridge.LaundryBridge;

/**
 * Stops the bridge as soon as the process begins to end. WildFly, Open Liberty and Jetty then cut all connections
 * before they inform any application. The shutdown hook holds the application's classes, so it is removed with the
 * application.
 */
final class ProcessEnd {
    private final Thread hook;

    private ProcessEnd(Thread hook) {
        this.hook = hook;
    }

    /** Stops {@code bridge} at the end of the process, beside whatever the server does. */
    static ProcessEnd stops(LaundryBridge bridge) {
        ProcessEnd end = new ProcessEnd(hook(bridge));
        try {
            Runtime.getRuntime().addShutdownHook(end.hook);
        } catch (IllegalStateException endsAlready) {
            // The server stops the application anyway.
        }
        return end;
    }

    static Thread hook(LaundryBridge bridge) {
        return new Thread(bridge::close, "laundry-bridge-process-end");
    }

    /** The application has stopped before the process. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ends) {
            // The hook is running, or has run.
        }
    }
}
