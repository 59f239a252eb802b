package io.laundrybridge.test.kafka;

import org.jspecify.annotations.Nullable;

/** A record as a committed read of Kafka has it; {@code value} is JSON, or null for a deletion. */
public record CommittedRecord(
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String value) {}
