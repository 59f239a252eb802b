package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;

/**
 * How far the topic's partitions reach at one moment.
 *
 * @param committed the next offset that committed records reach: Kafka's last stable offset
 * @param written the next offset that will be written; beyond {@code committed} while a transaction is open
 */
record TopicEnds(PositionVector committed, PositionVector written) {}
