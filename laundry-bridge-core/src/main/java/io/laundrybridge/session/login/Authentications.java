package io.laundrybridge.session.login;

import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.LoginLimits;
import io.laundrybridge.logging.RateLimitedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authenticators of an endpoint, whether a login is required, and the threads for the calls. Thread-safe. */
public final class Authentications {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.session");

    private final List<Authenticator> authenticators;
    private final AuthMode mode;
    private final LoginLimits limits;
    private final long recheckNanos;
    private final HostServices services;
    private final AuthenticationThreads threads;
    private final RateLimitedLog refusals;
    private final RateLimitedLog failures;

    /**
     * Makes the authenticators of an endpoint, which are asked in their order unless {@code mode} is none.
     *
     * @param recheck the interval at which the grants of a session are asked again
     */
    public Authentications(
            List<Authenticator> authenticators,
            AuthMode mode,
            LoginLimits limits,
            Duration recheck,
            HostServices services) {
        this.authenticators = mode == AuthMode.NONE ? List.of() : List.copyOf(authenticators);
        this.mode = mode;
        this.limits = limits;
        this.recheckNanos = recheck.toNanos();
        this.services = services;
        this.threads = new AuthenticationThreads(limits, services);
        this.refusals = new RateLimitedLog(LOG, services.nanoTime());
        this.failures = new RateLimitedLog(LOG, services.nanoTime());
    }

    /** Returns the authenticators of an endpoint that has none. */
    static Authentications none() {
        return new Authentications(
                List.of(), AuthMode.NONE, LoginLimits.DEFAULT, Duration.ofDays(1), HostServices.standard());
    }

    /** Returns whether users log in. */
    public AuthMode mode() {
        return mode;
    }

    LoginLimits limits() {
        return limits;
    }

    /** Returns the interval at which the grants of a session are asked again. */
    long recheckNanos() {
        return recheckNanos;
    }

    Instant now() {
        return services.clock().instant();
    }

    long nanoTime() {
        return services.nanoTime().getAsLong();
    }

    /** Asks for the user of {@code credentials}; {@code receiver} gets the answer, on any thread. */
    AuthenticationCall ask(Credentials credentials, Consumer<LoginAnswer> receiver) {
        long began = nanoTime();
        AuthenticationCall call = new AuthenticationCall(authenticators, threads, credentials, answer -> {
            services.telemetry().time(Meter.AUTHENTICATION_DURATION, "", nanoTime() - began);
            receiver.accept(answer);
        });
        call.begin();
        return call;
    }

    /** Reports that a login of the client at {@code address} was refused because of {@code reason}. */
    void refused(String address, String reason) {
        services.telemetry().add(Meter.LOGINS_REFUSED, "", 1);
        refusals.warn("A login of " + (address.isEmpty() ? "an unknown address" : address) + " was refused: " + reason);
    }

    /** Reports that the authenticators gave no clear answer because of {@code reason}. */
    void unclear(String reason) {
        services.telemetry().add(Meter.LOGINS_REFUSED, "", 1);
        failures.warn("A login could not be checked, and the client is asked to try again: " + reason);
    }

    /** Ends all calls; no thread stays. Can be used again afterwards. */
    public void finish(Duration longest) {
        threads.finish(longest);
    }
}
