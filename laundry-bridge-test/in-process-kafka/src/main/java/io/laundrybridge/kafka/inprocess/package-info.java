/** A real Kafka broker inside this JVM, for examples and tests. */
@NullMarked
package io.laundrybridge.kafka.inprocess;

import org.jspecify.annotations.NullMarked;
