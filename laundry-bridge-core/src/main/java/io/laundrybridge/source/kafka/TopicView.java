package io.laundrybridge.source.kafka;

import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster says of the topic.
 *
 * @param id differs once the topic was deleted and made again; nothing else tells
 * @param partitions how many there are
 * @param leaderless how many of them nobody serves at present
 */
record TopicView(Uuid id, int partitions, int leaderless) {

    private static final int EPOCH_LENGTH = 12;

    /** This view, or {@code other} where that knows of more partitions: a broker may not have heard of them yet. */
    TopicView widerOf(@Nullable TopicView other) {
        return other != null && other.partitions > partitions ? other : this;
    }

    /** The name of this life of the topic: equal on every node, letters, digits, {@code -} and {@code _}. */
    String epoch() {
        return id.toString().substring(0, EPOCH_LENGTH);
    }
}
