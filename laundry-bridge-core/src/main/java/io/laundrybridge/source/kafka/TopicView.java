package io.laundrybridge.source.kafka;

import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The topic as the cluster describes it.
 *
 * @param id differs once the topic was deleted and made again; nothing else shows that
 * @param leaders for each partition the broker that serves it, or {@link #NOBODY}
 */
record TopicView(Uuid id, List<Integer> leaders) {

    /** The leader of a partition that no broker serves at present. */
    static final int NOBODY = -1;

    private static final int EPOCH_LENGTH = 12;

    int partitions() {
        return leaders.size();
    }

    /** Returns how many partitions no broker serves at present. */
    int leaderless() {
        return (int) leaders.stream().filter(leader -> leader == NOBODY).count();
    }

    /** Returns this view, or {@code other} if it has more partitions, because a broker may not know them yet. */
    TopicView widerOf(@Nullable TopicView other) {
        return other != null && other.partitions() > partitions() ? other : this;
    }

    /**
     * Returns the epoch: the beginning of the topic's id, equal on every node. It has letters, digits, {@code -} and
     * {@code _}.
     */
    String epoch() {
        return id.toString().substring(0, EPOCH_LENGTH);
    }
}
