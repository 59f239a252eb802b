package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;

/** A server that can be measured. */
public interface Peer {
    /** Its name in options and reports: {@code ours-tomcat}, {@code naive-tomcat-async}, {@code nats}. */
    String name();

    /** Returns how clients say hello to it. */
    Dialect dialect();

    /** Returns whether it can run on this machine; not, for example, where its program is not installed. */
    default boolean available() {
        return true;
    }

    /** Starts it; it takes connections when this returns. */
    Running start(Ground ground);
}
