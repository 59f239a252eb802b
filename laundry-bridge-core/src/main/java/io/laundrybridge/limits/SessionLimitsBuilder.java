package io.laundrybridge.limits;

import java.time.Duration;

/**
 * Builds {@link SessionLimits}. Every bound that is not set keeps the value that the builder began with. Not
 * thread-safe.
 */
public final class SessionLimitsBuilder {
    private int sessions;
    private int subscriptions;
    private int keys;
    private int awaits;
    private int batchBytes;
    private Duration sendDeadline;
    private Duration firstSubscribe;
    private Duration aheadWait;
    private Duration drain;
    private long compressedBytes;
    private long subscriptionBytes;
    private int pacedSubscriptions;
    private InboundLimits inbound;
    private FilterLimits filters;
    private BeatLimits beats;
    private ClosingLimits closing;
    private SnapshotLimits snapshots;
    private LoginLimits login;
    private AccessLimits access;
    private PublishLimits publish;

    SessionLimitsBuilder(SessionLimits from) {
        sessions = from.sessions();
        subscriptions = from.subscriptions();
        keys = from.keys();
        awaits = from.awaits();
        batchBytes = from.batchBytes();
        sendDeadline = from.sendDeadline();
        firstSubscribe = from.firstSubscribe();
        aheadWait = from.aheadWait();
        drain = from.drain();
        compressedBytes = from.compressedBytes();
        subscriptionBytes = from.subscriptionBytes();
        pacedSubscriptions = from.pacedSubscriptions();
        inbound = from.inbound();
        filters = from.filters();
        beats = from.beats();
        closing = from.closing();
        snapshots = from.snapshots();
        login = from.login();
        access = from.access();
        publish = from.publish();
    }

    /**
     * Sets the most sessions at once on this node.
     *
     * @param most the most
     * @return this builder
     */
    public SessionLimitsBuilder sessions(int most) {
        sessions = most;
        return this;
    }

    /**
     * Sets the most subscriptions per session.
     *
     * @param most the most
     * @return this builder
     */
    public SessionLimitsBuilder subscriptions(int most) {
        subscriptions = most;
        return this;
    }

    /**
     * Sets the most keys per subscription.
     *
     * @param most the most
     * @return this builder
     */
    public SessionLimitsBuilder keys(int most) {
        keys = most;
        return this;
    }

    /**
     * Sets the most places that a session waits for at once.
     *
     * @param most the most
     * @return this builder
     */
    public SessionLimitsBuilder awaits(int most) {
        awaits = most;
        return this;
    }

    /**
     * Sets the size of the largest frame.
     *
     * @param most the most
     * @return this builder
     */
    public SessionLimitsBuilder batchBytes(int most) {
        batchBytes = most;
        return this;
    }

    /**
     * Sets the longest time of a send.
     *
     * @param longest the longest time
     * @return this builder
     */
    public SessionLimitsBuilder sendDeadline(Duration longest) {
        sendDeadline = longest;
        return this;
    }

    /**
     * Sets the longest time of a new session without a subscription.
     *
     * @param longest the longest time
     * @return this builder
     */
    public SessionLimitsBuilder firstSubscribe(Duration longest) {
        firstSubscribe = longest;
        return this;
    }

    /**
     * Sets the longest wait for a position or a time.
     *
     * @param longest the longest time
     * @return this builder
     */
    public SessionLimitsBuilder aheadWait(Duration longest) {
        aheadWait = longest;
        return this;
    }

    /**
     * Sets the longest time in which a stop sends {@code bye} to sessions; with zero it sends none.
     *
     * @param longest the longest time
     * @return this builder
     */
    public SessionLimitsBuilder drain(Duration longest) {
        drain = longest;
        return this;
    }

    /**
     * Sets the most bytes of compressed frames that are kept; zero keeps none.
     *
     * @param most the most
     * @return this builder
     */
    public SessionLimitsBuilder compressedBytes(long most) {
        compressedBytes = most;
        return this;
    }

    /**
     * Sets the most memory of all subscriptions of an endpoint.
     *
     * @param most the most
     * @return this builder
     */
    public SessionLimitsBuilder subscriptionBytes(long most) {
        subscriptionBytes = most;
        return this;
    }

    /**
     * Sets the most subscriptions of an endpoint that play the past at a pace.
     *
     * @param most the most; zero refuses all
     * @return this builder
     */
    public SessionLimitsBuilder pacedSubscriptions(int most) {
        pacedSubscriptions = most;
        return this;
    }

    /**
     * Sets the bounds of what a client may send.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public SessionLimitsBuilder inbound(InboundLimits bounds) {
        inbound = bounds;
        return this;
    }

    /**
     * Sets the bounds of filters.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public SessionLimitsBuilder filters(FilterLimits bounds) {
        filters = bounds;
        return this;
    }

    /**
     * Sets the bounds of how far a session may run ahead of its client.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public SessionLimitsBuilder beats(BeatLimits bounds) {
        beats = bounds;
        return this;
    }

    /**
     * Sets the bounds of how sockets end.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public SessionLimitsBuilder closing(ClosingLimits bounds) {
        closing = bounds;
        return this;
    }

    /**
     * Sets the bounds of snapshots.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public SessionLimitsBuilder snapshots(SnapshotLimits bounds) {
        snapshots = bounds;
        return this;
    }

    /**
     * Sets the bounds of logins.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public SessionLimitsBuilder login(LoginLimits bounds) {
        login = bounds;
        return this;
    }

    /**
     * Sets the bounds of access rules.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public SessionLimitsBuilder access(AccessLimits bounds) {
        access = bounds;
        return this;
    }

    /**
     * Sets the bounds of what clients publish.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public SessionLimitsBuilder publish(PublishLimits bounds) {
        publish = bounds;
        return this;
    }

    /**
     * Builds the limits.
     *
     * @return the limits
     * @throws io.laundrybridge.error.SettingException if one is out of bounds; names its key
     */
    public SessionLimits build() {
        return new SessionLimits(
                sessions,
                subscriptions,
                keys,
                awaits,
                batchBytes,
                sendDeadline,
                firstSubscribe,
                aheadWait,
                drain,
                compressedBytes,
                subscriptionBytes,
                pacedSubscriptions,
                inbound,
                filters,
                beats,
                closing,
                snapshots,
                login,
                access,
                publish);
    }
}
