package io.laundrybridge.transport.servlet;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of a handshake, as it stands in the request (RFC 3986 section 3.4). Browsers encode neither braces nor bars in it, and
 * containers differ in what they make of them: some cut the connection after the handshake. Needs no servlet API.
 */
public final class RawQuery {
    /** What a client is told. */
    public static final String CURE =
            "The query holds characters that are to be percent-encoded; use encodeURIComponent";

    /** Brackets are let pass, as every container bears them. */
    private static final Pattern ENCODED =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-]|%[0-9A-Fa-f]{2})*+");

    private RawQuery() {}

    /** Whether {@code query} is one; none is. */
    public static boolean isEncoded(@Nullable String query) {
        return query == null || ENCODED.matcher(query).matches();
    }
}
