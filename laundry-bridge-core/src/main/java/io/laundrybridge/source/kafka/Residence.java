package io.laundrybridge.source.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a topic leaves the reader that it shares with others, and when it comes back. A topic leaves if it has
 * trouble of its own, or if its handlers are so slow that the others wait. Confined to the thread that reads the topic.
 */
final class Residence {

    /** How long the handlers may take for what one poll gave. */
    private static final Duration SLOW = Duration.ofMillis(500);

    /** Two slow batches within this time are the handlers' doing; a single one may be a pause of this JVM. */
    private static final Duration SLOW_AGAIN = Duration.ofMinutes(1);

    private static final Duration SHORTEST_STAY = Duration.ofSeconds(30);
    private static final Duration LONGEST_STAY = Duration.ofMinutes(10);

    private Duration stay = SHORTEST_STAY;
    private @Nullable String trouble;
    private boolean slow;
    private long slowAt;
    private boolean well;
    private long wellSince;

    /** Notes trouble of the topic itself; {@code why} is its log entry. */
    void trouble(String why) {
        trouble = trouble == null ? why : trouble;
        well = false;
    }

    /** Notes that the handlers took {@code nanos} for one batch, until {@code now}. */
    void took(long nanos, long now) {
        if (nanos < SLOW.toNanos()) {
            return;
        }
        if (slow && now - slowAt < SLOW_AGAIN.toNanos()) {
            trouble("its channels take long to encode");
        }
        slow = true;
        slowAt = now;
    }

    /** Returns why the topic leaves; null if it stays. */
    @Nullable String leaves() {
        return trouble;
    }

    /** Notes that the topic has left. Each stay away is twice as long as the one before. */
    void left() {
        trouble = null;
        well = false;
    }

    /** Returns whether the topic, which is away, can come back: it {@code isWell}, and has been for a while. */
    boolean returns(boolean isWell, long now) {
        boolean wasSlow = slow && now - slowAt < SLOW_AGAIN.toNanos();
        if (!isWell || wasSlow || trouble != null) {
            well = false;
            trouble = null;
            return false;
        }
        if (!well) {
            well = true;
            wellSince = now;
        }
        return now - wellSince >= stay.toNanos();
    }

    /** Notes that the topic has come back. */
    void returned() {
        stay = stay.multipliedBy(2).compareTo(LONGEST_STAY) < 0 ? stay.multipliedBy(2) : LONGEST_STAY;
        well = false;
    }
}
