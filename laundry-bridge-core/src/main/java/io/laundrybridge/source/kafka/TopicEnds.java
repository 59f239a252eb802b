package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;

/**
 * The ends of the topic's partitions at one moment.
 *
 * @param committed the next offset that committed records reach: Kafka's last stable offset
 * @param written the next offset that will be written; beyond {@code committed} while a transaction is open
 */
record TopicEnds(PositionVector committed, PositionVector written) {}
