package io.laundrybridge.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The place where a subscription starts: the {@code from} and {@code else} of a request, the same text in every
 * dialect.
 */
public sealed interface StartFrom {

    /** Returns whether a client comes back to a place of its own. */
    default boolean resumes() {
        return false;
    }

    /** From now on. */
    record Live() implements StartFrom {}

    /** From the oldest record that the channel reaches, then on to live. */
    record Earliest() implements StartFrom {}

    /** The newest value of every key, then live. */
    record Snapshot() implements StartFrom {}

    /** The newest {@code count} matching events, then live. */
    record Last(int count) implements StartFrom {}

    /** From an instant on. */
    record Since(Instant instant) implements StartFrom {}

    /** From an instant {@code age} ago. */
    record Ago(Duration age) implements StartFrom {

        /** Returns the instant {@code age} before now. */
        public Instant instant(InstantSource clock) {
            Instant now = clock.instant();
            return age.compareTo(Duration.between(Instant.EPOCH, now)) > 0 ? Instant.EPOCH : now.minus(age);
        }
    }

    /** Resume exactly there. */
    record At(Position position) implements StartFrom {
        @Override
        public boolean resumes() {
            return true;
        }
    }

    /** Resume exactly at a place that only the server can read. */
    record Sealed(SealedPlace place) implements StartFrom {
        @Override
        public boolean resumes() {
            return true;
        }
    }
}
