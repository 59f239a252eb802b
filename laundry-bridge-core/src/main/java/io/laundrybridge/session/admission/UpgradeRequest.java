package io.laundrybridge.session.admission;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request for a WebSocket, as the container reports it; no part of it is believed yet.
 *
 * @param origin the {@code Origin} header, several joined by commas; null if there is none, as from programs other
 *     than browsers
 * @param host the {@code Host} header, or {@code :authority} in HTTP/2; null if there is neither
 * @param ambientCredential whether the request carries a credential that browsers add by themselves: a cookie, HTTP
 *     authentication other than by a bearer token, a client certificate
 * @param connection the request's connection
 * @param forwarded headers that proxies may have set, by lower-case names
 */
public record UpgradeRequest(
        @Nullable String origin,
        @Nullable String host,
        boolean ambientCredential,
        Connection connection,
        Map<String, String> forwarded) {
    private static final Pattern BEARER = Pattern.compile("bearer ", Pattern.CASE_INSENSITIVE);
    private static final String[] FORWARDED = {
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port"
    };

    /**
     * The connection of a request.
     *
     * @param remoteAddress the peer's address, a literal; null if the container does not report it
     * @param localAddress the address that it came to, a literal; null if the container does not report it
     * @param secure whether TLS ends at this server
     */
    public record Connection(
            @Nullable String remoteAddress, @Nullable String localAddress, boolean secure) {}

    /**
     * {@return a request from its headers}
     *
     * @param header gives the values of a header joined by commas, null if there is none
     * @param server the authority that the container found, possibly from other headers; null if it does not report
     *     it
     * @param authenticated whether the container knows the user
     * @param connection what carries the request
     */
    public static UpgradeRequest of(
            Function<String, @Nullable String> header,
            @Nullable String server,
            boolean authenticated,
            Connection connection) {
        Map<String, String> forwarded = new HashMap<>();
        for (String name : FORWARDED) {
            String value = header.apply(name);
            if (value != null) {
                forwarded.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        boolean ambient = header.apply("Cookie") != null || ambient(header.apply("Authorization"), authenticated);
        String host = host(header.apply("Host"), server, connection.secure());
        return new UpgradeRequest(header.apply("Origin"), host, ambient, connection, Map.copyOf(forwarded));
    }

    /** No browser adds a bearer token by itself, and no page can: only programs send one. */
    private static boolean ambient(@Nullable String authorization, boolean authenticated) {
        return authorization == null
                ? authenticated
                : !BEARER.matcher(authorization).lookingAt();
    }

    /**
     * Returns the header, unless the container reports another value: then there is no header, or the container has
     * corrected it.
     */
    private static @Nullable String host(@Nullable String header, @Nullable String server, boolean secure) {
        Optional<Authority> told = Authority.parse(server);
        if (header == null || told.isEmpty()) {
            return header == null ? server : header;
        }
        Optional<Origin> asIs = Origin.parse((secure ? "https://" : "http://") + header);
        return asIs.isEmpty() || asIs.get().isAt(told.get()) ? header : server;
    }
}
