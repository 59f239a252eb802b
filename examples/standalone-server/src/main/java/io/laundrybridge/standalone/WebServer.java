package io.laundrybridge.standalone;

/** One container with everything deployed in it. For one thread at a time. */
interface WebServer {
    /** The number of connections that may wait to be accepted: after a restart all clients come at once. */
    int BACKLOG = 4_096;

    /**
     * The threads of a container. They open connections, which is work for processors only. When a crowd reconnects,
     * more threads would make live sessions wait for a processor.
     */
    int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    /**
     * Listens; connections are accepted when this returns. Call it once, and {@link #stop} afterwards, whatever it
     * throws.
     */
    void listen() throws Exception;

    /** Returns the port on which it listens. */
    int port();

    /** Stops listening and cuts open connections. May be called before the start. */
    void stop() throws Exception;
}
