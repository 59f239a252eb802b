package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.AHEAD_WAIT;
import static io.laundrybridge.config.LimitSettings.AWAITS;
import static io.laundrybridge.config.LimitSettings.BATCH_BYTES;
import static io.laundrybridge.config.LimitSettings.COMPRESSED_BYTES;
import static io.laundrybridge.config.LimitSettings.DRAIN;
import static io.laundrybridge.config.LimitSettings.FIRST_SUBSCRIBE;
import static io.laundrybridge.config.LimitSettings.KEYS;
import static io.laundrybridge.config.LimitSettings.PACED_SUBSCRIPTIONS;
import static io.laundrybridge.config.LimitSettings.SEND_DEADLINE;
import static io.laundrybridge.config.LimitSettings.SESSIONS;
import static io.laundrybridge.config.LimitSettings.SUBSCRIPTIONS;
import static io.laundrybridge.config.LimitSettings.SUBSCRIPTION_BYTES;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * The bounds of sessions; each has a key below {@code laundry-bridge.limits}.
 *
 * @param sessions sessions open at once on this node, default 10,000 ({@code sessions}); more are closed with 1013
 * @param subscriptions subscriptions per session, default 128 ({@code subscriptions})
 * @param keys keys per subscription, default 1,000 ({@code keys})
 * @param awaits places that a session waits for at once, default 16 ({@code awaits})
 * @param batchBytes largest frame, default 64 KiB ({@code batch-bytes}); a longer line goes alone
 * @param sendDeadline longest that a send may take, default 10 s ({@code send-deadline}); then the socket is dropped
 * @param firstSubscribe time a session may stay without a subscription at its beginning, default 30 s
 *     ({@code first-subscribe}); then it is closed with 1008
 * @param aheadWait time a subscription waits until this node reaches its position or finds the place of its time,
 *     default 10 s ({@code ahead-wait})
 * @param drain time that a stop waits for sessions to get {@code bye}, default 5 s ({@code drain})
 * @param compressedBytes compressed frames kept for sessions that come to the same place, default 4 MiB
 *     ({@code compressed-bytes})
 * @param subscriptionBytes memory that all subscriptions of an endpoint may take together, by estimate, default 128 MiB
 *     ({@code subscription-bytes}); a subscription beyond it gets {@code limit_exceeded}
 * @param pacedSubscriptions subscriptions of an endpoint that play the past at a pace, default 1,000
 *     ({@code paced-subscriptions}); more get {@code busy}
 * @param inbound what a client may send
 * @param filters what a filter may ask
 * @param beats how far a session may run ahead of its client
 * @param closing how sockets end
 * @param snapshots how often and how slowly the state may be read
 * @param login how users log in
 * @param access how long access rules may take
 * @param publish what clients may publish
 */
public record SessionLimits(
        int sessions,
        int subscriptions,
        int keys,
        int awaits,
        int batchBytes,
        Duration sendDeadline,
        Duration firstSubscribe,
        Duration aheadWait,
        Duration drain,
        long compressedBytes,
        long subscriptionBytes,
        int pacedSubscriptions,
        InboundLimits inbound,
        FilterLimits filters,
        BeatLimits beats,
        ClosingLimits closing,
        SnapshotLimits snapshots,
        LoginLimits login,
        AccessLimits access,
        PublishLimits publish) {

    /** The defaults. */
    public static final SessionLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param inbound what a client may send
     * @param filters what a filter may ask
     * @param beats how far a session may run ahead of its client
     * @param closing how sockets end
     * @param snapshots how often and how slowly the state may be read
     * @param login how users log in
     * @param access how long access rules may take
     * @param publish what clients may publish
     * @param sessions at least 1
     * @param subscriptions at least 1
     * @param keys at least 1
     * @param awaits at least 1
     * @param batchBytes 1 KiB to 64 MiB
     * @param sendDeadline at least 100 ms
     * @param firstSubscribe at least 100 ms
     * @param aheadWait at least 100 ms
     * @param drain not negative
     * @param compressedBytes not negative
     * @param subscriptionBytes at least 1 KiB
     * @param pacedSubscriptions not negative
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public SessionLimits {
        SESSIONS.check(sessions);
        SUBSCRIPTIONS.check(subscriptions);
        KEYS.check(keys);
        AWAITS.check(awaits);
        BATCH_BYTES.check((long) batchBytes);
        SEND_DEADLINE.check(sendDeadline);
        FIRST_SUBSCRIBE.check(firstSubscribe);
        AHEAD_WAIT.check(aheadWait);
        DRAIN.check(drain);
        COMPRESSED_BYTES.check(compressedBytes);
        SUBSCRIPTION_BYTES.check(subscriptionBytes);
        PACED_SUBSCRIPTIONS.check(pacedSubscriptions);
    }

    /** {@return a builder that begins with the defaults} */
    public static SessionLimitsBuilder builder() {
        return DEFAULT.toBuilder();
    }

    /** {@return a builder that begins with these limits} */
    public SessionLimitsBuilder toBuilder() {
        return new SessionLimitsBuilder(this);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static SessionLimits from(Settings settings) {
        return new SessionLimits(
                settings.get(SESSIONS),
                settings.get(SUBSCRIPTIONS),
                settings.get(KEYS),
                settings.get(AWAITS),
                Math.toIntExact(settings.get(BATCH_BYTES)),
                settings.get(SEND_DEADLINE),
                settings.get(FIRST_SUBSCRIBE),
                settings.get(AHEAD_WAIT),
                settings.get(DRAIN),
                settings.get(COMPRESSED_BYTES),
                settings.get(SUBSCRIPTION_BYTES),
                settings.get(PACED_SUBSCRIPTIONS),
                InboundLimits.from(settings),
                FilterLimits.from(settings),
                BeatLimits.from(settings),
                ClosingLimits.from(settings),
                SnapshotLimits.from(settings),
                LoginLimits.from(settings),
                AccessLimits.from(settings),
                PublishLimits.from(settings));
    }
}
