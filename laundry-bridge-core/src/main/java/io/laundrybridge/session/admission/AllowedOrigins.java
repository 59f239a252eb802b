package io.laundrybridge.session.admission;

import static io.laundrybridge.config.BridgeSettings.ALLOWED_ORIGINS;

import io.laundrybridge.error.SettingException;
import java.net.IDN;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The origins of pages that may connect beside the server's own. Immutable. */
final class AllowedOrigins {
    private final Set<Origin> named = new HashSet<>();
    private final boolean any;

    /**
     * Makes a list of {@code entries}; {@code *} allows every page.
     *
     * @throws SettingException for an entry that cannot be the origin of a page; the message says what to write
     */
    AllowedOrigins(Collection<String> entries) {
        any = entries.contains("*");
        entries.stream().filter(entry -> !entry.equals("*")).forEach(entry -> named.add(origin(entry)));
    }

    /** Returns whether every page may connect. */
    boolean any() {
        return any;
    }

    boolean contains(@Nullable Origin origin) {
        return any || (origin != null && named.contains(origin));
    }

    private static Origin origin(String entry) {
        return Origin.parse(entry)
                .orElseThrow(() -> new SettingException(
                        ALLOWED_ORIGINS.key(), ALLOWED_ORIGINS + " has the entry '" + entry + "'; " + cure(entry)));
    }

    private static String cure(String entry) {
        if (entry.equalsIgnoreCase("null")) {
            return "'null' is sent by any sandboxed page or local file, so it cannot be allowed; serve the page"
                    + " from its own origin, or set * to admit every page on the web";
        }
        if (entry.indexOf('*') >= 0) {
            return "there are no wildcards within an origin; name each, such as"
                    + " https://a.example.com,https://b.example.com";
        }
        int scheme = entry.indexOf("://");
        String rest = entry.substring(scheme < 0 ? 0 : scheme + 3);
        int end = rest.split("[/?#]", 2)[0].length();
        String host = rest.substring(rest.lastIndexOf('@', end) + 1, end);
        String page = scheme >= 0 && entry.toLowerCase(Locale.ROOT).matches("(http|ws)://.*") ? "http://" : "https://";
        String better = page + ascii(host);
        return Origin.parse(better).isPresent()
                ? "browsers send scheme, host and port alone, in ASCII; write " + better
                : "expected scheme, host and, if it is not the scheme's own, a port of 1 to 65535, such as"
                        + " https://staff.example.com or http://localhost:5173";
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException noName) {
            return host;
        }
    }
}
