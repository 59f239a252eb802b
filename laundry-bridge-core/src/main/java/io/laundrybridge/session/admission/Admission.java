package io.laundrybridge.session.admission;

import static io.laundrybridge.config.BridgeSettings.ALLOWED_HOSTS;
import static io.laundrybridge.config.BridgeSettings.ALLOWED_ORIGINS;
import static io.laundrybridge.config.BridgeSettings.TRUSTED_PROXIES;

import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which web pages may connect (RFC 6454, RFC 6455 section 10.2). Browsers let any page open a WebSocket
 * anywhere and send the user's cookies along; only the server can refuse. By default, pages of the server's own hosts
 * may connect. Immutable.
 *
 * <p>A page is the server's own if its host and port are those of the request, and if the server believes the request's
 * host. It believes the host if the page came by {@code https}, since the browser has then seen the certificate for
 * that name. Otherwise the host must be a loopback name on a loopback address, an IP address, a name without a dot, or
 * this machine's name. {@code laundry-bridge.allowed-hosts} adds other hosts. If the request came over TLS, a page of
 * {@code http} is never the server's own.
 */
public final class Admission {
    /** Admits pages of the server's own hosts, and trusts no proxy. */
    public static final Admission DEFAULT = of(List.of(), List.of(), List.of());

    private static final int SHOWN = 100;

    private final AllowedOrigins origins;
    private final AllowedHosts hosts;
    private final TrustedProxies proxies;

    private Admission(AllowedOrigins origins, AllowedHosts hosts, TrustedProxies proxies) {
        this.origins = origins;
        this.hosts = hosts;
        this.proxies = proxies;
    }

    /**
     * {@return an admission with its own lists}
     *
     * @param origins pages that may connect beside the server's own, each as browsers send it:
     *     {@code https://staff.example.com}. {@code *} admits every page on the web: only for public data
     * @param hosts names under which pages that came by {@code http} reach the server
     * @param proxies addresses or ranges of proxies whose {@code Forwarded} or {@code X-Forwarded-*} headers count
     * @throws SettingException for an entry that can never match; the message says what to write
     */
    public static Admission of(Collection<String> origins, Collection<String> hosts, Collection<String> proxies) {
        List<AddressRange> ranges = proxies.stream().map(AddressRange::parse).toList();
        return new Admission(new AllowedOrigins(origins), new AllowedHosts(hosts), new TrustedProxies(ranges));
    }

    /**
     * Reads {@code allowed-origins}, {@code allowed-hosts} and {@code trusted-proxies} from settings.
     *
     * @param settings the settings of the host
     * @return the admission
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static Admission from(Settings settings) {
        return of(settings.get(ALLOWED_ORIGINS), settings.get(ALLOWED_HOSTS), settings.get(TRUSTED_PROXIES));
    }

    /** {@return whether every page on the web may connect} */
    public boolean anyOrigin() {
        return origins.any();
    }

    /**
     * {@return whether a handshake may continue} Thread-safe; the same request gets the same answer.
     *
     * @param request the handshake
     */
    public Verdict judge(UpgradeRequest request) {
        TrustedProxies.Seen seen = proxies.seen(request);
        IpAddress client = seen.client();
        return new Verdict(client == null ? "" : client.toString(), refusal(request, seen));
    }

    private @Nullable String refusal(UpgradeRequest request, TrustedProxies.Seen seen) {
        String text = request.origin();
        if (text == null) {
            return origins.any() || !request.ambientCredential()
                    ? null
                    : "a request with a cookie or other credentials has no Origin; programs that send credentials must"
                            + " send Origin: http://HOST too";
        }
        Origin page = Origin.parse(text).orElse(null);
        if (origins.contains(page)) {
            return null;
        }
        Authority server = Authority.parse(seen.host()).orElse(null);
        if (page == null || server == null || !page.isAt(server)) {
            return foreign(request, seen);
        }
        if (!page.secure() && seen.secure()) {
            return "the page " + page
                    + " came by http and connects by TLS, so an attacker may have changed it; open it by https,"
                    + " or name it in " + ALLOWED_ORIGINS;
        }
        IpAddress local = IpAddress.parse(request.connection().localAddress()).orElse(null);
        return page.secure() || hosts.contains(server, local)
                ? null
                : "the page " + page + " connects to the host " + server.host()
                        + ", a name that anyone can point here; if it is this server's, set " + ALLOWED_HOSTS
                        + "=" + server.host() + ", or serve it by https";
    }

    private static String foreign(UpgradeRequest request, TrustedProxies.Seen seen) {
        String refused = "the page " + clean(request.origin()) + " does not come from the host " + clean(seen.host())
                + " that it connects to; if it may connect, set " + ALLOWED_ORIGINS + "=" + clean(request.origin());
        boolean proxy = !seen.proxied() && !request.forwarded().isEmpty();
        String peer = clean(request.connection().remoteAddress());
        return proxy
                ? refused + "; if " + peer + " is a proxy of yours, have it pass Host, or name it in " + TRUSTED_PROXIES
                : refused;
    }

    /** Returns a client's text in a form that is safe for logs. */
    static String clean(@Nullable String text) {
        String shown = text == null ? "(none)" : text.replaceAll("[^\\x21-\\x7e]", "?");
        return shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "...";
    }
}
