package io.laundrybridge.source.kafka;

/** What to do with Kafka's client while the cluster does not answer. */
enum ClientAdvice {
    /** It may still get an answer. */
    KEEP,
    /** None is needed: it would only log that it cannot connect, or cannot be made. */
    CLOSE,
    /** A new one may find brokers that this one does not know. */
    REPLACE
}
