package io.laundrybridge.source.kafka;

/** A poll returned after another thread had taken over: this one must touch nothing any more but its consumer. */
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
