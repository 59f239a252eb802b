package io.laundrybridge.standalone;

/** One container with everything deployed in it. For one thread at a time. */
interface WebServer {
    /** How many may wait to be connected: after a restart all clients come at once. */
    int BACKLOG = 4_096;

    /**
     * Threads of a container. They open connections, which is work for processors alone: where a crowd comes back, more threads
     * would only keep live sessions waiting for a processor.
     */
    int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    /** Listens; connections are taken when this returns. Once; whatever it throws, {@link #stop} is due afterwards. */
    void listen() throws Exception;

    /** The port it listens on. */
    int port();

    /** Listens no more and cuts what is still connected. Started or not. */
    void stop() throws Exception;
}
