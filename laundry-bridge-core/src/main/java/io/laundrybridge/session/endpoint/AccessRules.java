package io.laundrybridge.session.endpoint;

import static io.laundrybridge.config.ChannelSettings.ACCESS;
import static io.laundrybridge.config.ChannelSettings.FILTER_FIELDS;
import static io.laundrybridge.config.ChannelSettings.PUBLISH_ACCESS;

import io.laundrybridge.config.LimitSettings;
import io.laundrybridge.filter.FieldConditions;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.policy.Access;
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
    boolean immediate(AskedRule rule) {
        try {
            return rule.access().immediate();
        } catch (Throwable e) {
            return false; // it throws again where it is asked, and is logged there
        }
    }

    /** Returns what {@code caller} may read of the channel {@code name}; nothing if the rule has no answer. */
    Grant grant(AskedRule rule, String name, Caller caller) {
        long began = now();
        try {
            Grant grant = Objects.requireNonNull(rule.access().grant(caller, name), "the rule returned null");
            return grant instanceof Grant.Rows rows && !declared(rows, rule, name) ? Grant.nothing() : grant;
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

    private boolean declared(Grant.Rows rows, AskedRule rule, String name) {
        Set<String> unknown = FieldConditions.undeclared(rows.filter(), rule.filterFields());
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
    Set<String> roles(Access rule, String name) {
        try {
            return Set.copyOf(rule.roles());
        } catch (Throwable e) {
            failures.warn("The access rule of channel '" + name + "' threw when it was asked for roles", e);
            return Set.of();
        }
    }

    /** Notes that the rule for publishing to the channel {@code name} granted rows. */
    void rowsForPublishing(String name) {
        failed(
                name,
                "The rule for publishing to channel '" + name + "' granted some rows; publishing is denied. Return"
                        + " Grant.everything() or Grant.nothing(), and check values in the mapping",
                null);
    }

    /** Returns the sentence for a caller that may not publish to {@code name}, whether or not the channel exists. */
    static String publishRefusal(String name, Caller caller) {
        String safe = safe(name);
        return caller.anonymous()
                ? "no channel '" + safe + "' takes publishes of anonymous sessions; the operator can set "
                        + PUBLISH_ACCESS.of(safe) + "=anonymous"
                : "no channel '" + safe + "' takes publishes of yours; check its name and your rights";
    }

    private static String safe(String name) {
        return name.matches("[A-Za-z0-9_.:-]{1,128}") ? name : "?";
    }

    /** Returns the sentence for a caller that may not read {@code name}, whether or not the channel exists. */
    static String refusal(String name, Caller caller) {
        String safe = safe(name);
        return caller.anonymous()
                ? "no channel '" + safe + "' for anonymous sessions; the operator can set " + ACCESS.of(safe)
                        + "=anonymous"
                : "no channel '" + safe + "' for you; check its name and your rights";
    }
}
