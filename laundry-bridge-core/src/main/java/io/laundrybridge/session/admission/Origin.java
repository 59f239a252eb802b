package io.laundrybridge.session.admission;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a page (RFC 6454): scheme, host and port. Only {@code http} and {@code https} pages have one here.
 *
 * @param secure whether the page came by {@code https}
 * @param authority its host and its port, which is always given
 */
record Origin(boolean secure, Authority authority) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Returns the origin in {@code text}; empty if it has another scheme, a path or a query, or is not an origin. */
    static Optional<Origin> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        int end = text.indexOf("://");
        String scheme = end < 0 ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.empty();
        }
        boolean secure = scheme.equals("https");
        return Authority.parse(text.substring(end + 3)).map(found -> new Origin(secure, at(found, secure)));
    }

    /**
     * Returns whether the page's host and port equal those of {@code server}. A server without a port has the port of
     * the page's scheme.
     */
    boolean isAt(Authority server) {
        return authority.equals(at(server, secure));
    }

    private static Authority at(Authority some, boolean secure) {
        return some.port() >= 0 ? some : new Authority(some.host(), secure ? HTTPS : HTTP);
    }

    @Override
    public String toString() {
        boolean usual = authority.port() == (secure ? HTTPS : HTTP);
        return (secure ? "https://" : "http://") + (usual ? authority.host() : authority);
    }
}
