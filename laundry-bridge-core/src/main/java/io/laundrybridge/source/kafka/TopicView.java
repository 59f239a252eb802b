package io.laundrybridge.source.kafka;

import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster says of the topic.
 *
 * @param id differs once the topic was deleted and made again; nothing else tells
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

    /** Returns this view, or {@code other} if that knows of more partitions: a broker may not know them yet. */
    TopicView widerOf(@Nullable TopicView other) {
        return other != null && other.partitions() > partitions() ? other : this;
    }

    /** Returns the name of this life of the topic: equal on every node, letters, digits, {@code -} and {@code _}. */
    String epoch() {
        return id.toString().substring(0, EPOCH_LENGTH);
    }
}
