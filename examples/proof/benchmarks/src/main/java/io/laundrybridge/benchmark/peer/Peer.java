package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;

/** A server that can be measured. */
public interface Peer {
    /** Its name in options and reports: {@code ours-tomcat}, {@code naive-tomcat-async}, {@code nats}. */
    String name();

    /** Returns the protocol of its clients. */
    Dialect dialect();

    /** Returns whether it can run on this machine; not, for example, if its program is not installed. */
    default boolean available() {
        return true;
    }

    /** Starts it; it accepts connections when this returns. */
    Running start(Ground ground);
}
