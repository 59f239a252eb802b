package io.laundrybridge.sink.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.kafka.Backoff;
import io.laundrybridge.kafka.ClientErrors;
import io.laundrybridge.logging.RateLimitedLog;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node knows about one topic that it writes. Confined to the send loop, except {@link #trouble} and {@link
 * #stored}.
 */
final class TopicState {
    private static final Logger LOG = LoggerFactory.getLogger(TopicState.class);

    /** How long the last failed record counts as trouble. */
    private static final long TROUBLED_NANOS = Duration.ofMinutes(1).toNanos();

    private final String name;
    private final LongSupplier nanoTime;
    private final RateLimitedLog log;
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2));
    private boolean found;
    private long lookAt;
    private boolean needsKeys;
    private long needsKeysUntil;
    private volatile Trouble trouble = Trouble.NONE;

    /** Why nothing can be stored, until a time or until Kafka names the topic again. */
    private record Trouble(String sentence, boolean lasting, long until) {
        static final Trouble NONE = new Trouble("", true, 0);
    }

    TopicState(String name, HostServices services) {
        this.name = name;
        this.nanoTime = services.nanoTime();
        this.log = new RateLimitedLog(LOG, nanoTime);
        this.lookAt = nanoTime.getAsLong();
    }

    String name() {
        return name;
    }

    /** Returns whether Kafka has named the topic's partitions. */
    boolean isFound() {
        return found;
    }

    /** Returns when to look for the topic. Has a meaning until it is found. */
    long lookAt() {
        return lookAt;
    }

    void found() {
        found = true;
        backoff.reset();
        if (trouble.lasting()) {
            trouble = Trouble.NONE;
        }
    }

    /** Looks for the topic again after a pause, and stores nothing until then. */
    void missed(SendFailures.Verdict why, Throwable failure) {
        lookAgain();
        trouble = new Trouble(why.forOperators(), true, 0);
        warn(why, failure);
    }

    void lookAgain() {
        found = false;
        lookAt = nanoTime.getAsLong() + backoff.next().toNanos();
    }

    /** Kafka did not take a record. */
    void refused(SendFailures.Verdict why, Throwable failure) {
        trouble = new Trouble(why.forOperators(), false, nanoTime.getAsLong() + TROUBLED_NANOS);
        warn(why, failure);
    }

    private void warn(SendFailures.Verdict why, Throwable failure) {
        log.warn("Nothing is published to topic '" + name + "': " + why.forOperators() + " ("
                + ClientErrors.inWords(failure) + ")");
    }

    /** Kafka has taken a record. Any thread. */
    void stored() {
        if (!trouble.sentence().isEmpty()) {
            trouble = Trouble.NONE;
        }
    }

    /** Kafka refused a record without a key; the topic is compacted. */
    void refusedWithoutKey() {
        needsKeys = true;
        needsKeysUntil = nanoTime.getAsLong() + TROUBLED_NANOS;
    }

    /** Returns whether a record without a key would be refused, and others sent with it delayed. */
    boolean needsKeys() {
        needsKeys &= nanoTime.getAsLong() - needsKeysUntil < 0;
        return needsKeys;
    }

    /** Returns why nothing can be stored; "" if nothing is known to be wrong. Any thread. */
    String trouble() {
        Trouble now = trouble;
        return now.lasting() || nanoTime.getAsLong() - now.until() < 0 ? now.sentence() : "";
    }
}
