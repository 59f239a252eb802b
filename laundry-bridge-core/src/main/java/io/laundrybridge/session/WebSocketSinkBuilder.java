package io.laundrybridge.session;

import static io.laundrybridge.config.BridgeSettings.ACCESS_RECHECK;
import static io.laundrybridge.config.BridgeSettings.AUDIT_LOG;
import static io.laundrybridge.config.BridgeSettings.AUTH_MODE;
import static io.laundrybridge.config.BridgeSettings.HEARTBEAT;
import static io.laundrybridge.config.BridgeSettings.PATH;
import static io.laundrybridge.config.BridgeSettings.SECRET;
import static io.laundrybridge.config.BridgeSettings.SECRET_BEFORE;
import static io.laundrybridge.config.BridgeSettings.TRANSPORT;
import static io.laundrybridge.config.BridgeSettings.WORKERS;
import static io.laundrybridge.config.LimitSettings.ARRIVALS_PER_SECOND;

import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.AdmissionLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.session.admission.Admission;
import io.laundrybridge.session.dialect.Dialect;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.dialect.plain.PlainDialect;
import io.laundrybridge.session.place.PlaceSecret;
import io.laundrybridge.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Configures a {@link WebSocketSink}. Not thread-safe. */
public final class WebSocketSinkBuilder {
    final String path;
    Duration heartbeat = HEARTBEAT.byDefault();
    Admission admission = Admission.DEFAULT;
    AdmissionLimits admissionLimits = AdmissionLimits.DEFAULT;
    SessionLimits limits = SessionLimits.DEFAULT;
    /** The dialects that clients choose from: a new one is a package and an entry in this list. */
    final List<Dialect> dialects =
            new ArrayList<>(List.of(new FullDialect(), new PlainDialect(FullDialect.SUBPROTOCOL)));

    @Nullable PlaceSecret secret;

    /** The authenticators in the order in which they are asked. */
    final List<Authenticator> authenticators = new ArrayList<>();

    final List<EventSource> grantChanges = new ArrayList<>();
    private @Nullable AuthMode authMode;
    Duration accessRecheck = ACCESS_RECHECK.byDefault();
    HostServices services = HostServices.standard();
    boolean auditLog = AUDIT_LOG.byDefault();
    TransportChoice transport = TransportChoice.AUTO;
    int arrivals = 600 * Runtime.getRuntime().availableProcessors();
    int workers = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

    WebSocketSinkBuilder(String path) {
        this.path = PATH.check(path);
    }

    /**
     * Returns a builder of the sink that {@code settings} describe.
     *
     * @param settings the settings of the host
     * @return this builder
     * @throws io.laundrybridge.error.SettingException if a setting is wrong, or there is no {@code path}
     */
    public static WebSocketSinkBuilder from(Settings settings) {
        WebSocketSinkBuilder builder = new WebSocketSinkBuilder(settings.get(PATH))
                .heartbeat(settings.get(HEARTBEAT))
                .admission(Admission.from(settings))
                .admissionLimits(AdmissionLimits.from(settings))
                .transport(settings.get(TRANSPORT, TransportChoice.class))
                .accessRecheck(settings.get(ACCESS_RECHECK))
                .auditLog(settings.get(AUDIT_LOG))
                .limits(SessionLimits.from(settings));
        settings.find(WORKERS).ifPresent(builder::workers);
        settings.find(ARRIVALS_PER_SECOND).ifPresent(builder::arrivals);
        builder.secret = settings.find(SECRET)
                .map(present ->
                        PlaceSecret.of(present, settings.find(SECRET_BEFORE).orElse(null)))
                .orElse(null);
        settings.find(AUTH_MODE, AuthMode.class).ifPresent(builder::authMode);
        return builder;
    }

    /**
     * Longest time between two beats of a session; default 25 s, 20 ms to an hour.
     *
     * @param interval at least 20 ms
     * @return this builder
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public WebSocketSinkBuilder heartbeat(Duration interval) {
        this.heartbeat = HEARTBEAT.check(interval);
        return this;
    }

    /**
     * Sets which web pages may connect; default those of the server's own hosts.
     *
     * @param policy decides about handshakes
     * @return this builder
     */
    public WebSocketSinkBuilder admission(Admission policy) {
        this.admission = policy;
        return this;
    }

    /**
     * Sets how many sessions an address or a user may have.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public WebSocketSinkBuilder admissionLimits(AdmissionLimits bounds) {
        this.admissionLimits = bounds;
        return this;
    }

    /**
     * Adds an authenticator. Several are asked in the order in which they were added, until one knows the credential.
     *
     * @param next finds out who a client is
     * @return this builder
     */
    public WebSocketSinkBuilder authenticator(Authenticator next) {
        authenticators.add(next);
        return this;
    }

    /**
     * Sets whether users log in. The default is {@link AuthMode#REQUIRED} with an authenticator that knows tokens,
     * {@link AuthMode#OPTIONAL} with any other, else {@link AuthMode#NONE}.
     *
     * @param mode whether they do
     * @return this builder
     */
    public WebSocketSinkBuilder authMode(AuthMode mode) {
        this.authMode = mode;
        return this;
    }

    /**
     * Sets the interval at which the access rules are asked again for open sessions; default 5 min.
     *
     * @param interval 1 s to a day
     * @return this builder
     * @throws SettingException if it is out of bounds
     */
    public WebSocketSinkBuilder accessRecheck(Duration interval) {
        this.accessRecheck = ACCESS_RECHECK.check(interval);
        return this;
    }

    /**
     * Adds a stream that reports whose rights have changed, such as a compacted topic. The key of each record is a
     * user's name, its value is not read. The access rules are asked again for the open sessions of that user.
     *
     * @param source the stream; read from new records on, while the endpoint is open
     * @return this builder
     */
    public WebSocketSinkBuilder grantChanges(EventSource source) {
        grantChanges.add(source);
        return this;
    }

    AuthMode mode() {
        if (authMode != null || authenticators.isEmpty()) {
            return authMode == null ? AuthMode.NONE : authMode;
        }
        return authenticators.stream().anyMatch(Authenticator::knowsTokens) ? AuthMode.REQUIRED : AuthMode.OPTIONAL;
    }

    /**
     * Sets the bounds of sessions.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public WebSocketSinkBuilder limits(SessionLimits bounds) {
        this.limits = bounds;
        return this;
    }

    /**
     * Sets the secret that seals the places of sessions that may read some rows only; default none. Then these places
     * are open, and offsets tell of other rows. All nodes need the same secret.
     *
     * @param present 32 characters or more, made by a generator
     * @return this builder
     * @throws io.laundrybridge.error.SettingException if it is shorter
     */
    public WebSocketSinkBuilder secret(String present) {
        this.secret = PlaceSecret.of(present, null);
        return this;
    }

    /**
     * Sets the secret as {@link #secret(String)}, with the one before it: places of both can be opened.
     *
     * @param present 32 characters or more, made by a generator
     * @param before the secret before {@code present}
     * @return this builder
     * @throws io.laundrybridge.error.SettingException if one is shorter
     */
    public WebSocketSinkBuilder secret(String present, String before) {
        this.secret = PlaceSecret.of(present, before);
        return this;
    }

    /**
     * Sets threads, clocks, telemetry and the audit listener of the host.
     *
     * @param lent threads, clocks, telemetry and the audit listener
     * @return this builder
     */
    public WebSocketSinkBuilder services(HostServices lent) {
        this.services = lent;
        return this;
    }

    /**
     * Writes audit events to the log, beside the audit listener of the host; see {@link AuditListener#log}. Default
     * false.
     *
     * @param on whether they are written
     * @return this builder
     */
    public WebSocketSinkBuilder auditLog(boolean on) {
        this.auditLog = on;
        return this;
    }

    /**
     * Sets how many threads send; default one per core, at most 4.
     *
     * @param count threads, 1 to 256
     * @return this builder
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public WebSocketSinkBuilder workers(int count) {
        this.workers = WORKERS.check(count);
        return this;
    }

    /**
     * Sets how many connections per second are let in at least, if more come; default 600 per core. See
     * {@link WebSocketSink#arrivalDelay}.
     *
     * @param perSecond connections, 1 to 1,000,000
     * @return this builder
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public WebSocketSinkBuilder arrivals(int perSecond) {
        this.arrivals = ARRIVALS_PER_SECOND.check(perSecond);
        return this;
    }

    /**
     * Sets how frames are handed to the container; default the cheapest way.
     *
     * @param choice the way
     * @return this builder
     */
    public WebSocketSinkBuilder transport(TransportChoice choice) {
        this.transport = choice;
        return this;
    }

    /**
     * {@return the sink}
     *
     * @throws SettingException if a login is required or optional, and there is no authenticator
     */
    public WebSocketSink build() {
        if (mode() != AuthMode.NONE && authenticators.isEmpty()) {
            throw new SettingException(
                    AUTH_MODE.key(),
                    AUTH_MODE + " is " + mode().name().toLowerCase(Locale.ROOT)
                            + ", but there is no authenticator; expected one, such as a bean"
                            + " of type Authenticator, or " + AUTH_MODE + "=none");
        }
        return new WebSocketSink(this);
    }
}
