package io.laundrybridge.source.kafka;

/** The thread that reads a topic at present, as its reader knows it. Thread-safe. */
interface ReadingThread {

    /** Returns what carries requests to the thread. */
    Mailbox mailbox();

    /** Returns whether the caller is on the thread. */
    boolean isCurrent();

    /** Waits until the thread has ended, if it ends because it has no topic any more. */
    void awaitEnd(long nanos) throws InterruptedException;
}
