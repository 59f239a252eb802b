package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.util.Arrays;

/**
 * The epoch of the topic that is read, and the newest leader epoch per partition that Kafka itself has named to this
 * node. Kafka's client believes any epoch that it is given, and then refuses answers with older ones. So a forged epoch
 * must not reach it. Written by one thread, read by any.
 */
final class SeenEpochs {
    private volatile int[] newest = new int[0];
    private volatile String life = "";

    /** Sets the topic's epoch. If it is another topic, forgets the leader epochs. */
    void live(String epoch) {
        if (!life.equals(epoch)) {
            newest = new int[0];
            life = epoch;
        }
    }

    /** Returns the topic's epoch, as in {@link TopicView#epoch}; empty until it is known. */
    String life() {
        return life;
    }

    /** Notes that Kafka has named {@code epoch}, or none, for {@code partition}. */
    void saw(int partition, int epoch) {
        int[] known = newest;
        if (partition < known.length ? epoch > known[partition] : epoch != PositionVector.NO_EPOCH) {
            int[] grown = Arrays.copyOf(known, Math.max(known.length, partition + 1));
            Arrays.fill(grown, known.length, grown.length, PositionVector.NO_EPOCH);
            grown[partition] = epoch;
            newest = grown;
        }
    }

    void saw(PositionVector named) {
        for (int p = 0; p < named.partitions(); p++) {
            saw(p, named.epoch(p));
        }
    }

    /** Returns {@code epoch} if the partition has reached it, else {@link PositionVector#NO_EPOCH}. */
    int known(int partition, int epoch) {
        int[] known = newest;
        return partition < known.length && epoch <= known[partition] ? epoch : PositionVector.NO_EPOCH;
    }
}
