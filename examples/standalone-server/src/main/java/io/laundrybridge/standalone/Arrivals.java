package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import java.util.concurrent.locks.LockSupport;

/** Lets the threads that accept connections wait while too many come at once. The others wait in the kernel's queue. */
record Arrivals(WebSocketSink sink) {

    /** Waits until the connection that has come, or comes next, has its place. */
    void await() {
        long until = System.nanoTime() + sink.arrivalDelay();
        for (long left = until - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }
}
