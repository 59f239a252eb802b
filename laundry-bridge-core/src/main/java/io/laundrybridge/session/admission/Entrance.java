package io.laundrybridge.session.admission;

import static io.laundrybridge.config.BridgeSettings.ALLOWED_ORIGINS;
import static io.laundrybridge.config.LimitSettings.HANDSHAKES_PER_SECOND;
import static io.laundrybridge.config.LimitSettings.SESSIONS_PER_ADDRESS;
import static io.laundrybridge.config.LimitSettings.SESSIONS_PER_USER;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import io.laundrybridge.limits.AdmissionLimits;
import io.laundrybridge.logging.RateLimitedLog;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits clients, and counts them. Only here an endpoint refuses a handshake or a session. Refusals are metered, and
 * logged at intervals. Thread-safe.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("InvalidBlockTag") // Javadoc hides types too
public final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final Admission admission;
    private final AdmissionLimits limits;
    private final Telemetry telemetry;
    private final Object lock = new Object();
    private final HandshakeRate rate;
    private final Map<String, Integer> unsubscribed = new HashMap<>();
    private final Map<String, Integer> users = new HashMap<>();
    private final RateLimitedLog pages;
    private final RateLimitedLog crowds;
    private final ClearText clearText = new ClearText();

    /**
     * Makes the entrance of one endpoint.
     *
     * @param admission decides about handshakes
     * @param limits the bounds per address and user
     * @param services threads, clocks and telemetry of the host
     */
    public Entrance(Admission admission, AdmissionLimits limits, HostServices services) {
        this.admission = admission;
        this.limits = limits;
        this.telemetry = services.telemetry();
        this.rate = new HandshakeRate(limits.handshakes(), services.nanoTime());
        this.pages = new RateLimitedLog(LOG, services.nanoTime());
        this.crowds = new RateLimitedLog(LOG, services.nanoTime());
        if (admission.anyOrigin()) {
            LOG.warn(
                    "{}=* lets every page on the web connect with its visitor's cookies; use it only for public data",
                    ALLOWED_ORIGINS);
        }
    }

    /**
     * {@return whether a handshake may continue; see {@link Admission}}
     *
     * @param request the handshake
     */
    public Verdict judge(UpgradeRequest request) {
        Verdict verdict = admission.judge(request);
        String refusal = verdict.refusal();
        if (refusal != null) {
            telemetry.add(Meter.HANDSHAKES_REFUSED, "", 1);
            pages.warn("A handshake was refused: " + refusal);
            LOG.debug("Refused {} from {} with 403: {}", Admission.clean(request.origin()), verdict.client(), refusal);
        } else {
            clearText.look(request, verdict.client());
        }
        return verdict;
    }

    /**
     * Counts a session that wants to open.
     *
     * @param address the client's address from the verdict; "" if unknown
     * @param user null for an anonymous user
     * @return the place of the session in the counts
     * @throws RefusedSessionException if there are too many
     */
    public Permit enter(String address, @Nullable Principal user) throws RefusedSessionException {
        String group = IpAddress.parse(address).map(IpAddress::group).orElse("");
        String name = user == null ? "" : String.valueOf(user.getName());
        RefusalCause cause = RefusalCause.RATE;
        String refusal = null;
        synchronized (lock) {
            if (!rate.take(group)) {
                refusal = HANDSHAKES_PER_SECOND + " is " + limits.handshakes();
            } else if (!group.isEmpty() && unsubscribed.getOrDefault(group, 0) >= limits.perAddress()) {
                cause = RefusalCause.ADDRESS;
                refusal = SESSIONS_PER_ADDRESS + " is " + limits.perAddress();
            } else if (user != null && users.getOrDefault(name, 0) >= limits.perUser()) {
                cause = RefusalCause.USER;
                refusal = SESSIONS_PER_USER + " is " + limits.perUser();
            } else {
                add(unsubscribed, group, 1);
                add(users, name, 1);
            }
        }
        String shown = address.isEmpty() ? "an unknown address" : address;
        if (refusal != null) {
            telemetry.add(Meter.CLIENTS_LIMITED, "", 1);
            LOG.debug("Refused a session of {} with 1013: {}", shown, refusal);
            crowds.warn("A session was refused: " + shown + " has too many; " + refusal);
            throw new RefusedSessionException("too many connections from you; reconnect later", cause, refusal);
        }
        LOG.debug("Session of {} ({})", shown, name.isEmpty() ? "anonymous" : Admission.clean(name));
        return new Permit(group, name);
    }

    private static void add(Map<String, Integer> counts, String who, int amount) {
        if (!who.isEmpty()) {
            counts.merge(who, amount, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    /** The place of a session in the counts. Thread-safe; both methods may be called any number of times. */
    public final class Permit {
        private final String group;
        private String user; // guarded by the lock
        private boolean waits = true;
        private boolean open = true;

        private Permit(String group, String user) {
            this.group = group;
            this.user = user;
        }

        /** Called when the session has a subscription: it no longer counts for its address. */
        public void subscribed() {
            synchronized (lock) {
                if (waits) {
                    waits = false;
                    add(unsubscribed, group, -1);
                }
            }
        }

        /**
         * Counts the session for {@code principal}, whose credentials it has sent.
         *
         * @param principal the user
         * @return false if that user has too many sessions
         */
        public boolean belongsTo(Principal principal) {
            String name = String.valueOf(principal.getName());
            synchronized (lock) {
                if (!open || name.equals(user)) {
                    return open;
                }
                if (users.getOrDefault(name, 0) < limits.perUser()) {
                    add(users, user, -1);
                    add(users, name, 1);
                    user = name;
                    return true;
                }
            }
            telemetry.add(Meter.CLIENTS_LIMITED, "", 1);
            crowds.warn(
                    "A session was refused: its user has too many; " + SESSIONS_PER_USER + " is " + limits.perUser());
            return false;
        }

        /** Called when the session has ended. */
        public void left() {
            subscribed();
            synchronized (lock) {
                if (open) {
                    open = false;
                    add(users, user, -1);
                }
            }
        }
    }
}
