/**
 * Step 1 of 5, for Kafka: {@link io.laundrybridge.source.kafka.KafkaSource} reads a topic and hands its records to the
 * {@linkplain io.laundrybridge.source.RecordHandler handlers} of its channels. It uses only the public API of
 * kafka-clients.
 *
 * <p>Topics of equal properties share a poll loop, which owns the consumer and calls the handlers. A topic with
 * trouble of its own has a loop of its own meanwhile. The watcher asks the cluster what would block a loop. Kafka's own
 * producer thread sends dead letters.
 *
 * <p>Open {@code PollLoop} first: its {@code PollTurns} poll for all its topics. A {@code TopicReader} is one topic,
 * which moves between loops. Its {@code TopicReading} gives records to an {@code Attachment} per handler, with the help
 * of {@code TopicPlaces}, {@code TopicIdentity}, {@code RecordFaults} and {@code SourceHealth}. {@code TopicWatcher}
 * reports to it through {@code Mailbox}. {@code SharedReader} says what topics share, {@code Residence} when one
 * leaves. {@code KafkaHistoryReader} reads again, {@code DeadLetterWriter} writes dead letters.
 *
 * <p>Next: {@link io.laundrybridge.encode}, where a record becomes the bytes of its line, once.
 */
@NullMarked
package io.laundrybridge.source.kafka;

import org.jspecify.annotations.NullMarked;
