package io.laundrybridge.session;

import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.AdmissionLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.session.admission.Admission;
import io.laundrybridge.session.dialect.Dialect;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.dialect.plain.PlainDialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Configures a {@link WebSocketSink}. Not thread-safe. */
public final class WebSocketSinkBuilder {
    final String path;
    Duration heartbeat = Duration.ofSeconds(25);
    Admission admission = Admission.DEFAULT;
    AdmissionLimits admissionLimits = AdmissionLimits.DEFAULT;
    SessionLimits limits = SessionLimits.DEFAULT;
    /** The dialects that clients choose from: a new one is a package and a place in this list. */
    final List<Dialect> dialects =
            new ArrayList<>(List.of(new FullDialect(), new PlainDialect(FullDialect.SUBPROTOCOL)));
    HostServices services = HostServices.standard();
    TransportChoice transport = TransportChoice.AUTO;
    int workers = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

    WebSocketSinkBuilder(String path) {
        if (!path.matches("/[A-Za-z0-9/_.~-]*")) {
            throw new SettingException("laundry-bridge.path is '" + path
                    + "'; expected a path such as /laundry, of letters, digits and / _ . ~ -");
        }
        this.path = path;
    }

    /** How often a quiet session hears a beat; default 25 s. */
    public WebSocketSinkBuilder heartbeat(Duration interval) {
        if (interval.compareTo(Duration.ofMillis(20)) < 0) {
            throw new SettingException("laundry-bridge.heartbeat is " + interval + "; expected at least 20ms");
        }
        this.heartbeat = interval;
        return this;
    }

    /** Which web pages may connect; default those of the server's own hosts. */
    public WebSocketSinkBuilder admission(Admission policy) {
        this.admission = policy;
        return this;
    }

    /** How many sessions an address or a user may have. */
    public WebSocketSinkBuilder admissionLimits(AdmissionLimits bounds) {
        this.admissionLimits = bounds;
        return this;
    }

    /** The bounds of sessions. */
    public WebSocketSinkBuilder limits(SessionLimits bounds) {
        this.limits = bounds;
        return this;
    }

    /** Threads, clocks and telemetry of the host. */
    public WebSocketSinkBuilder services(HostServices lent) {
        this.services = lent;
        return this;
    }

    /** How many threads send; default one per core, at most 4. */
    public WebSocketSinkBuilder workers(int count) {
        this.workers = Math.max(1, count);
        return this;
    }

    /** How frames are handed to the container; default the way that costs least. */
    public WebSocketSinkBuilder transport(TransportChoice choice) {
        this.transport = choice;
        return this;
    }

    /**
     * Takes {@code heartbeat}, {@code workers}, {@code transport}, {@code limits.*} and what {@link Admission#from} takes from
     * settings.
     */
    public WebSocketSinkBuilder settings(Settings settings) {
        return heartbeat(settings.duration("heartbeat", heartbeat))
                .admission(Admission.from(settings))
                .admissionLimits(AdmissionLimits.from(settings))
                .workers(settings.count("workers", workers, 1))
                .transport(settings.choice("transport", TransportChoice.class, transport))
                .limits(SessionLimits.from(settings));
    }

    /** The sink. */
    public WebSocketSink build() {
        return new WebSocketSink(this);
    }
}
