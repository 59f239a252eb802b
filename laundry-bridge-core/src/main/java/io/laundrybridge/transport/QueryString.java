package io.laundrybridge.transport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of a handshake, as it is in the request (RFC 3986 section 3.4). Browsers leave braces and bars unencoded,
 * and containers treat them differently: some cut the connection after the handshake.
 */
public final class QueryString {
    /** The message to a client whose query is not encoded. */
    public static final String CURE =
            "The query holds characters that are to be percent-encoded; use encodeURIComponent";

    /** Allows brackets, because every container accepts them. */
    private static final Pattern ENCODED =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-]|%[0-9A-Fa-f]{2})*+");

    private QueryString() {}

    /** Returns whether {@code query} is percent-encoded as required. Null, for no query, is. */
    public static boolean isEncoded(@Nullable String query) {
        return query == null || ENCODED.matcher(query).matches();
    }

    /**
     * Returns the parameters of a raw query, decoded as UTF-8. They are decoded here because containers differ in what
     * they decode. A parameter with a broken escape is taken unchanged.
     */
    public static Map<String, List<String>> parameters(@Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                add(pair, parameters);
            }
        }
        parameters.replaceAll((name, values) -> List.copyOf(values));
        return Map.copyOf(parameters);
    }

    private static void add(String pair, Map<String, List<String>> parameters) {
        if (!pair.isEmpty()) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, unseen -> new ArrayList<>()).add(value);
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }
}
