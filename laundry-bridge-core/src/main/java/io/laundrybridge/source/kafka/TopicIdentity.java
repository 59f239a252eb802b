package io.laundrybridge.source.kafka;

import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** The topic that is read, among all that had its name, and what is known of it. Confined to the poll thread. */
final class TopicIdentity {
    private @Nullable TopicView current;
    private @Nullable Uuid former;

    /** The result of a look at the topic. */
    enum News {
        NONE,
        GREW,
        RECREATED
    }

    /** Returns the topic that is read; null if none is known yet. */
    @Nullable TopicView current() {
        return current;
    }

    /** Returns whether {@code view} shows the deleted topic, because a broker does not know of the deletion yet. */
    boolean isFormer(TopicView view) {
        return view.id().equals(former);
    }

    /**
     * Compares a look at the topic with what is known. After {@link News#RECREATED} no topic is known until its offsets
     * are.
     */
    News seen(TopicView view) {
        TopicView known = current;
        if (known == null || isFormer(view)) {
            return News.NONE;
        }
        if (!view.id().equals(known.id())) {
            former = known.id();
            current = null;
            return News.RECREATED;
        }
        if (view.partitions() > known.partitions()) {
            current = view;
            return News.GREW;
        }
        return News.NONE;
    }

    /**
     * Begins to read the topic of {@code view}, whose offsets are known.
     *
     * @return the topic, with all partitions that were seen
     */
    TopicView answered(TopicView view) {
        TopicView wider = view.widerOf(current);
        current = wider;
        return wider;
    }
}
