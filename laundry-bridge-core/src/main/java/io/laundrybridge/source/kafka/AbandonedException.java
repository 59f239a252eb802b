package io.laundrybridge.source.kafka;

/**
 * Ends a turn whose call returned after another thread had taken over. This thread may touch nothing but what the call
 * has kept: its consumer, or the topic whose handlers it called.
 */
final class AbandonedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Object kept;

    AbandonedException(Object kept) {
        super("Another thread reads on");
        this.kept = kept;
    }

    /** Returns the {@link LiveConsumer} or the {@link TopicReader} that stays with this thread. */
    Object kept() {
        return kept;
    }
}
