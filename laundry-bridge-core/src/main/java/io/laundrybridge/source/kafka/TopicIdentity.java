package io.laundrybridge.source.kafka;

import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Which topic of a name is read, and what is known of it. Confined to the poll thread. */
final class TopicIdentity {
    private @Nullable TopicView current;
    private @Nullable Uuid former;

    /** What a look at the topic says. */
    enum News {
        NONE,
        GREW,
        RECREATED
    }

    /** Returns the topic that is read; null if none is known yet. */
    @Nullable TopicView current() {
        return current;
    }

    /** Returns whether {@code view} is of the topic that was deleted: a broker that does not know yet. */
    boolean isFormer(TopicView view) {
        return view.id().equals(former);
    }

    /** Takes a look at the topic. After {@link News#RECREATED} no topic is known until its offsets are. */
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
     * Returns the topic to read is that of {@code view}, whose offsets are known; with all partitions that were seen.
     */
    TopicView answered(TopicView view) {
        TopicView wider = view.widerOf(current);
        current = wider;
        return wider;
    }
}
