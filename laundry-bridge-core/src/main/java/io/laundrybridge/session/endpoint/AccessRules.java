package io.laundrybridge.session.endpoint;

import static io.laundrybridge.config.ChannelSettings.ACCESS;
import static io.laundrybridge.config.ChannelSettings.FILTER_FIELDS;

import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.config.LimitSettings;
import io.laundrybridge.filter.FieldConditions;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the access rules of channels. A rule that throws denies access and is logged. Thread-safe. */
final class AccessRules {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.session");

    private final HostServices services;
    private final long patience;
    private final RateLimitedLog failures;

    /** Makes rules that are given up after {@code patience}. */
    AccessRules(HostServices services, Duration patience) {
        this.services = services;
        this.patience = patience.toNanos();
        this.failures = new RateLimitedLog(LOG, services.nanoTime());
    }

    /** Returns the monotonic clock, in nanoseconds. */
    long now() {
        return services.nanoTime().getAsLong();
    }

    /** Returns how long a rule may take, in nanoseconds. */
    long patience() {
        return patience;
    }

    /** Returns whether the rule answers at once, so that a worker may ask it. */
    boolean immediate(ChannelPolicy policy) {
        try {
            return policy.access().immediate();
        } catch (Throwable e) {
            return false; // it throws again where it is asked, and is logged there
        }
    }

    /** Returns what {@code caller} may read of the channel {@code name}; nothing if the rule has no answer. */
    Grant grant(ChannelPolicy policy, String name, Caller caller) {
        long began = now();
        try {
            Grant grant = Objects.requireNonNull(policy.access().grant(caller, name), "the rule returned null");
            return grant instanceof Grant.Rows rows && !declared(rows, policy, name) ? Grant.nothing() : grant;
        } catch (Throwable e) {
            failed(name, "The access rule of channel '" + name + "' threw; access is denied", e);
            return Grant.nothing();
        } finally {
            services.telemetry().time(Meter.ACCESS_DURATION, name, now() - began);
        }
    }

    /** Notes that a rule of the channel {@code name} had no answer in time. */
    void late(String name) {
        failed(
                name,
                "The access rule of channel '" + name + "' had no answer within " + patience / 1_000_000
                        + " ms; access is denied. Make it faster, or raise " + LimitSettings.ACCESS,
                null);
    }

    private void failed(String name, String sentence, @Nullable Throwable cause) {
        services.telemetry().add(Meter.ACCESS_FAILED, name, 1);
        failures.warn(sentence, cause);
    }

    private boolean declared(Grant.Rows rows, ChannelPolicy policy, String name) {
        Set<String> unknown = FieldConditions.undeclared(rows.filter(), policy.filterFields());
        if (!unknown.isEmpty()) {
            failed(
                    name,
                    "The access rule of channel '" + name + "' has conditions on " + unknown
                            + ", which the channel does not declare; access is denied. Add them to "
                            + FILTER_FIELDS.of(name),
                    null);
        }
        return unknown.isEmpty();
    }

    /** Returns the roles in the access rule of the channel {@code name}; none for a rule that fails. */
    Set<String> roles(ChannelPolicy policy, String name) {
        try {
            return Set.copyOf(policy.access().roles());
        } catch (Throwable e) {
            failures.warn("The access rule of channel '" + name + "' threw when it was asked for roles", e);
            return Set.of();
        }
    }

    /** Returns the sentence for a caller that may not read {@code name}, whether or not the channel exists. */
    static String refusal(String name, Caller caller) {
        String safe = name.matches("[A-Za-z0-9_.:-]{1,128}") ? name : "?";
        return caller.anonymous()
                ? "no channel '" + safe + "' for anonymous sessions; the operator can set " + ACCESS.of(safe)
                        + "=anonymous"
                : "no channel '" + safe + "' for you; check its name and your rights";
    }
}
