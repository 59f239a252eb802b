package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.util.Arrays;

/**
 * Which topic of its name is read, and the newest leader epoch of each partition that this node has had from Kafka
 * itself. Kafka's client believes an epoch that it is given, and then refuses all that it is told of an older one; so
 * a forged epoch must not reach it. Written by one thread, read by any.
 */
final class SeenEpochs {
    private volatile int[] newest = new int[0];
    private volatile String life = "";

    /** The topic is that of the name {@code epoch}; what was seen of another counts no more. */
    void live(String epoch) {
        if (!life.equals(epoch)) {
            newest = new int[0];
            life = epoch;
        }
    }

    /** Which topic of that name there is, as in {@link TopicView#epoch}; empty until that is known. */
    String life() {
        return life;
    }

    /** Kafka has named {@code epoch}, or none, as one of {@code partition}. */
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

    /** {@code epoch} if the partition has come so far, else {@link PositionVector#NO_EPOCH}. */
    int known(int partition, int epoch) {
        int[] known = newest;
        return partition < known.length && epoch <= known[partition] ? epoch : PositionVector.NO_EPOCH;
    }
}
