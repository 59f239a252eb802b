package io.laundrybridge.session.endpoint;

import static io.laundrybridge.config.ChannelSettings.ACCESS;
import static io.laundrybridge.config.ChannelSettings.FILTER_FIELDS;

import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.filter.FieldConditions;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the access rules of channels. A rule that throws denies access and is logged. Thread-safe. */
final class AccessRules {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.session");

    private final RateLimitedLog failures;

    AccessRules(LongSupplier nanoTime) {
        this.failures = new RateLimitedLog(LOG, nanoTime);
    }

    /** Returns what {@code caller} may read of the channel {@code name}; nothing if the rule has no answer. */
    Grant grant(ChannelPolicy policy, String name, Caller caller) {
        try {
            Grant grant = Objects.requireNonNull(policy.access().grant(caller, name), "the rule returned null");
            return grant instanceof Grant.Rows rows && !declared(rows, policy, name) ? Grant.nothing() : grant;
        } catch (Throwable e) {
            failures.warn("The access rule of channel '" + name + "' threw; access is denied", e);
            return Grant.nothing();
        }
    }

    private boolean declared(Grant.Rows rows, ChannelPolicy policy, String name) {
        Set<String> unknown = FieldConditions.undeclared(rows.filter(), policy.filterFields());
        if (!unknown.isEmpty()) {
            failures.warn("The access rule of channel '" + name + "' has conditions on " + unknown
                    + ", which the channel does not declare; access is denied. Add them to " + FILTER_FIELDS.of(name));
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
