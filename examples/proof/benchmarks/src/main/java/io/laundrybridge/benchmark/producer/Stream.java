package io.laundrybridge.benchmark.producer;

import io.laundrybridge.benchmark.process.Arguments;

/**
 * The events that are produced into one topic or subject.
 *
 * @param feed {@code kafka} or {@code nats}
 * @param to the brokers, or the port of nats-server
 * @param rate events per second
 * @param bytes of an event's value
 * @param keys the number of keys, taken in turn
 * @param perKey whether events are numbered by key, else by partition
 * @param topics the number of topics {@code topic-N} that have the events in turn; 0 for one topic
 * @param laundry whether the events are the laundry's
 */
record Stream(
        String feed,
        String to,
        String topic,
        int rate,
        int bytes,
        int keys,
        int partitions,
        boolean perKey,
        int topics,
        boolean laundry) {

    static Stream of(Arguments given) {
        return new Stream(
                given.text("feed"),
                given.text("to"),
                given.text("topic"),
                given.number("rate", 100),
                given.number("bytes", 200),
                given.number("keys", 100),
                given.number("partitions", 1),
                given.flag("per-key"),
                given.number("topics", 0),
                given.flag("laundry"));
    }

    Outlet outlet() {
        return feed.equals("nats") ? new NatsOutlet(Integer.parseInt(to)) : new KafkaOutlet(to, topic, topics);
    }

    EventWriter writer() {
        boolean partitioned = partitions > 1 && !perKey;
        return laundry ? EventWriter.laundry(partitioned) : EventWriter.padded(bytes, partitioned);
    }
}
