package io.laundrybridge.session.inbound;

/**
 * The number of the newest beat that the client has answered. An answer is only noted when it arrives. It wakes the
 * session's worker if the worker {@linkplain #want wants} it, because the session may send nothing before. The worker
 * sends beats and looks for answers; the container's threads bring them, one call at a time.
 */
public final class BeatAnswers {
    private volatile long sent;
    private volatile long answered;
    private volatile boolean wanted;

    /** Notes that no beat was sent yet. */
    public BeatAnswers() {}

    /** Notes that beat {@code number} is about to be sent. For the worker. */
    public void sent(long number) {
        sent = number;
    }

    /** Returns the number of the newest answered beat; 0 if there is none. For the worker. */
    public long newest() {
        return answered;
    }

    /** Has the next answer wake the worker, which looks again after this call. For the worker. */
    public void want() {
        wanted = true;
    }

    /**
     * Notes an answer to beat {@code number}. For the container's threads.
     *
     * @return false if that was not sent, or it or a later one was answered
     */
    public boolean take(long number) {
        boolean first = number > answered && number <= sent;
        if (first) {
            answered = number;
        }
        return first;
    }

    /** Returns whether the worker is to be woken by the answer that was noted last. */
    boolean wakes() {
        boolean wakes = wanted; // after noting the answer: a worker that wants it later sees it
        if (wakes) {
            wanted = false;
        }
        return wakes;
    }
}
