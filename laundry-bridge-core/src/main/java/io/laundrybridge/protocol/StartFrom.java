package io.laundrybridge.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Where a subscription starts: the {@code from} and {@code else} of a request, the same string in every dialect. */
public sealed interface StartFrom {

    /** From now on. */
    record Live() implements StartFrom {}

    /** The oldest record that the channel reaches, then on to live. */
    record Earliest() implements StartFrom {}

    /** The newest value of every key, then live. */
    record Snapshot() implements StartFrom {}

    /** The newest {@code count} matching events, then live. */
    record Last(int count) implements StartFrom {}

    /** From an instant on. */
    record Since(Instant instant) implements StartFrom {}

    /** From as long ago as {@code age}. */
    record Ago(Duration age) implements StartFrom {

        /** The instant that lies {@code age} before now. */
        public Instant instant(InstantSource clock) {
            Instant now = clock.instant();
            return age.compareTo(Duration.between(Instant.EPOCH, now)) > 0 ? Instant.EPOCH : now.minus(age);
        }
    }

    /** Resume exactly there. */
    record At(Position position) implements StartFrom {}
}
