package io.laundrybridge.session;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may connect (RFC 6454, RFC 6455 section 10.2). Browsers let any page open a WebSocket anywhere and
 * send the user's cookies along; only the server can refuse. Default: pages of the same host. Immutable.
 */
public final class OriginPolicy {
    private final Set<String> allowed;
    private final boolean any;

    private OriginPolicy(Set<String> allowed, boolean any) {
        this.allowed = allowed;
        this.any = any;
    }

    /** Only pages whose origin is the host that they connect to. */
    public static OriginPolicy sameOrigin() {
        return new OriginPolicy(Set.of(), false);
    }

    /**
     * Pages of the same host, and those of {@code origins}, each written as browsers send it, for example
     * {@code https://staff.example.com}. {@code *} lets every page on the web in: only for public data.
     */
    public static OriginPolicy allowing(Collection<String> origins) {
        Set<String> exact =
                origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        return new OriginPolicy(exact, exact.contains("*"));
    }

    /**
     * Whether a handshake may go on.
     *
     * @param origin the {@code Origin} header; null if there is none, as programs other than browsers send it
     * @param host the {@code Host} header
     * @param ambientCredential whether the request carries something that browsers add by themselves: a cookie, HTTP
     *     authentication, a client certificate. Without an origin such a request is refused
     */
    public boolean allows(@Nullable String origin, @Nullable String host, boolean ambientCredential) {
        if (origin == null) {
            return !ambientCredential || any;
        }
        return any || allowed.contains(origin.toLowerCase(Locale.ROOT)) || sameHost(origin, host);
    }

    private static boolean sameHost(String origin, @Nullable String host) {
        if (host == null) {
            return false;
        }
        try {
            URI page = new URI(origin);
            URI server = new URI(page.getScheme() + "://" + host);
            return page.getHost() != null
                    && page.getRawUserInfo() == null
                    && page.getRawPath().isEmpty()
                    && page.getHost().equalsIgnoreCase(server.getHost())
                    && port(page) == port(server);
        } catch (URISyntaxException notAnOrigin) {
            return false;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
