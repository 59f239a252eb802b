/**
 * A real Kafka for tests, whole or broken, and an independent read of what it holds. Open
 * {@link io.laundrybridge.test.kafka.KafkaFixture} first.
 */
@NullMarked
package io.laundrybridge.test.kafka;

import org.jspecify.annotations.NullMarked;
