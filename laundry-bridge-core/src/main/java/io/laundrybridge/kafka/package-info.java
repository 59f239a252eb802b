/**
 * What both ends of Kafka need: the properties that a user gave, the names of clients, and the words of their errors.
 * Open {@link io.laundrybridge.kafka.KafkaProperties} first.
 *
 * <p>{@link io.laundrybridge.source.kafka} reads topics and {@link io.laundrybridge.sink.kafka} writes them. Neither
 * depends on the other.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.kafka;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
