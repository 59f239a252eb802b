/**
 * Stores what clients publish in Kafka: {@link io.laundrybridge.sink.kafka.KafkaSink} names a topic, and its
 * connections share one producer per cluster and node.
 *
 * <p>There is one thread per producer, {@code laundry-bridge-kafka-sink}. It makes the producer, looks for the topics
 * and calls {@code send}, because each of these may block for half a second. Kafka's own thread reports what is stored.
 *
 * <p>Open {@code SendLoop} first: it takes a {@code PendingSend} from the {@code SendQueue} and gives it to the
 * {@code LiveProducer} in its {@code ProducerSlot}. {@code SendOutcomes} tells what became of it; {@code SendFailures}
 * knows what a failure means. A {@code TopicConnection} is what a channel holds;
 * a {@code TopicState} knows whether Kafka has the topic.
 */
@NullMarked
package io.laundrybridge.sink.kafka;

import org.jspecify.annotations.NullMarked;
