/**
 * Derived views: what no single node's reader should count, because it needs the memory of every machine. A topology of
 * Kafka Streams reads the reports and writes compacted topics, which the bridge shows like any others. Open {@link
 * io.laundrybridge.example.database.streams.LaundryTopology} first.
 */
@NullMarked
package io.laundrybridge.example.database.streams;

import org.jspecify.annotations.NullMarked;
