package io.laundrybridge.source.kafka;

import io.laundrybridge.kafka.Backoff;
import io.laundrybridge.kafka.ClientErrors;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions whose next record is whole but unreadable on this node, for example because the native library of its
 * compression does not load. These partitions are left out of reading, and tried again after a while. Confined to the
 * poll thread.
 *
 * <p>Some of these errors do not name a partition. A careful consumer, whose polls give one record each, then finds it:
 * the poll after such an error fails, and Kafka's client names the partition.
 */
final class UnreadableRecords {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRecords.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** How long a consumer is careful if it finds no partition. */
    private static final Duration CAREFUL = Duration.ofSeconds(10);

    private final String topic;
    private final Map<Integer, Place> places = new HashMap<>();
    private Set<Integer> leftOut = Set.of();
    private @Nullable Error suspected;
    private long carefulUntil;
    private @Nullable StaleCause cause;

    UnreadableRecords(String topic) {
        this.topic = topic;
    }

    private static final class Place {
        private final long offset;
        private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        private long triedAgainAt;

        Place(long offset) {
            this.offset = offset;
        }
    }

    /**
     * Notes that a poll threw {@code error}, which names no partition.
     *
     * @return whether the consumer must be replaced by a careful one
     */
    boolean suspect(Error error, long nanos) {
        boolean careful = isCareful();
        suspected = error;
        carefulUntil = nanos + CAREFUL.toNanos();
        cause = StaleCause.unreadable(topic, error);
        return !careful;
    }

    /** Returns whether the consumer has to find the partition of an error. */
    boolean isCareful() {
        return suspected != null;
    }

    /**
     * Returns the error that {@code failure}, which names a partition, is about; null if the record's bytes are
     * damaged.
     */
    @Nullable Error behind(KafkaException failure) {
        return ClientErrors.error(failure).orElse(failure.getCause() == null ? suspected : null);
    }

    /**
     * Leaves {@code partition} out for a while.
     *
     * @return whether the consumer was careful because of it, and need not be now
     */
    boolean leaveOut(int partition, long offset, Error error, long nanos) {
        Place known = places.get(partition);
        Place place = known != null && known.offset == offset ? known : new Place(offset);
        if (place != known) {
            LOG.error(
                    "Kafka's client cannot read {}-{} from offset {} on this node; it is tried again at growing"
                            + " intervals",
                    topic,
                    partition,
                    offset,
                    error);
        }
        place.triedAgainAt = nanos + place.backoff.next().toNanos();
        places.put(partition, place);
        cause = StaleCause.unreadable(topic, error);
        boolean careful = isCareful();
        suspected = null;
        return careful;
    }

    /**
     * Notes a successful poll; reading has come to {@code next}.
     *
     * @return whether the consumer was careful and need not be any more
     */
    boolean polled(IntToLongFunction next, long nanos) {
        if (cause == null) {
            return false;
        }
        places.entrySet().removeIf(each -> next.applyAsLong(each.getKey()) > each.getValue().offset);
        boolean over = isCareful() && nanos - carefulUntil > 0;
        suspected = over ? null : suspected;
        cause = places.isEmpty() && !isCareful() ? null : cause;
        return over;
    }

    /** Returns whether the partitions to leave out have changed since the last call. */
    boolean changed(long nanos) {
        if (places.isEmpty() && leftOut.isEmpty()) {
            return false;
        }
        Set<Integer> now = new TreeSet<>();
        places.forEach((partition, place) -> {
            if (place.triedAgainAt - nanos > 0) {
                now.add(partition);
            }
        });
        boolean changed = !now.equals(leftOut);
        leftOut = now;
        return changed;
    }

    /** Returns the partitions to leave out at present. */
    Set<Integer> leftOut() {
        return leftOut;
    }

    /** Returns the cause for handlers; null if everything can be read. */
    @Nullable StaleCause cause() {
        return cause;
    }

    /** Forgets everything: the topic was made again. */
    void clear() {
        places.clear();
        suspected = null;
        cause = null;
    }
}
