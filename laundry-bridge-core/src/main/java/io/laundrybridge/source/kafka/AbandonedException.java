package io.laundrybridge.source.kafka;

/**
 * Ends a thread whose poll returned after another thread had taken over. This thread may touch nothing but its own
 * consumer.
 */
final class AbandonedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient TopicConsumer consumer;

    AbandonedException(TopicConsumer consumer) {
        super("Another thread reads on");
        this.consumer = consumer;
    }

    TopicConsumer consumer() {
        return consumer;
    }
}
