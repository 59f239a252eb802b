/** The derived views, in the test driver of Kafka Streams and against a real Kafka. */
@NullMarked
package io.laundrybridge.example.database.streams;

import org.jspecify.annotations.NullMarked;
