package io.laundrybridge.session.publish;

import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.policy.Access;
import io.laundrybridge.publish.PublishPolicy;
import io.laundrybridge.publish.RecordSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the publishes of one channel go: known from its announcement, open while a bridge is attached. Thread-safe.
 */
public final class PublishRoute {
    private final String channel;
    private final RateLimitedLog failures;
    private final List<PublishPolicy> announced = new ArrayList<>(); // guarded by this
    /** The policy of the bridge that stopped last; guarded by this. */
    private @Nullable PublishPolicy stopped;

    private volatile @Nullable Open open;
    private volatile boolean closing;

    /** An attached bridge, and what it was told of its sink last. */
    static final class Open {
        private final PublishPolicy policy;
        private final RecordSink.Connection connection;
        private final Consumer<String> listener;
        private String told = "";

        private Open(PublishPolicy policy, RecordSink.Connection connection, Consumer<String> listener) {
            this.policy = policy;
            this.connection = connection;
            this.listener = listener;
        }

        PublishPolicy policy() {
            return policy;
        }

        RecordSink.Connection connection() {
            return connection;
        }

        private void look() {
            String trouble = connection.trouble();
            if (!trouble.equals(told)) {
                told = trouble;
                listener.accept(trouble);
            }
        }
    }

    PublishRoute(String channel, RateLimitedLog failures) {
        this.channel = channel;
        this.failures = failures;
    }

    /** Notes that a bridge with {@code policy} was built. */
    public synchronized void announce(PublishPolicy policy) {
        announced.add(policy);
    }

    /**
     * Opens the route.
     *
     * @throws IllegalStateException if it is open
     */
    public synchronized void attach(PublishPolicy policy, RecordSink.Connection connection, Consumer<String> listener) {
        if (open != null) {
            throw new IllegalStateException("channel '" + channel
                    + "' takes publishes already; connect one bridge only to its inbound channel");
        }
        if (!announced.contains(policy)) {
            announced.add(policy);
        }
        closing = false;
        open = new Open(policy, connection, listener);
    }

    /** Closes the route of {@code policy} and its connection, if it is open. The endpoint still knows the channel. */
    public void detach(PublishPolicy policy) {
        Open ended = end(policy);
        if (ended != null) {
            try {
                ended.connection().close();
            } catch (Throwable e) {
                failures.warn("The sink of channel '" + channel + "' did not close cleanly", e);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the bridge itself, not one like it
    private synchronized @Nullable Open end(PublishPolicy policy) {
        announced.remove(policy);
        Open present = open;
        if (present == null || present.policy() != policy) {
            return null;
        }
        open = null;
        stopped = policy;
        return present;
    }

    /** Takes no more publishes, although it stays attached. */
    void close() {
        closing = true;
    }

    /** Takes publishes again. */
    void reopen() {
        closing = false;
    }

    /** Returns the attached bridge; null if no publishes are taken. */
    @Nullable Open open() {
        return closing ? null : open;
    }

    /** Returns whether a bridge is attached. */
    public boolean isAttached() {
        return open != null;
    }

    /** Returns whether the channel takes publishes, now or once its bridge has started. */
    boolean isKnown() {
        return access() != null;
    }

    /** Returns the rule for which callers may publish; null if the channel takes no publishes. */
    @Nullable Access access() {
        Open present = open;
        if (present != null) {
            return present.policy().access();
        }
        synchronized (this) {
            PublishPolicy policy = announced.isEmpty() ? stopped : announced.get(announced.size() - 1);
            return policy == null ? null : policy.access();
        }
    }

    /** Forgets the bridge that stopped. */
    synchronized void forgetStopped() {
        stopped = null;
    }

    /** Tells the bridge whether records can be stored, if that has changed. One call at a time. */
    void look() {
        Open present = open;
        if (present != null) {
            try {
                present.look();
            } catch (Throwable e) {
                failures.warn("The sink of channel '" + channel + "' threw when it was asked for trouble", e);
            }
        }
    }
}
