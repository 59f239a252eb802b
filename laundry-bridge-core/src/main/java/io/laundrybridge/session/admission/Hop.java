package io.laundrybridge.session.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy reports about the request that it received.
 *
 * @param client the sender; null if the proxy does not say
 * @param host the requested authority; null if the proxy does not say
 * @param proto the scheme; null if the proxy does not say
 */
record Hop(
        @Nullable IpAddress client,
        @Nullable String host,
        @Nullable String proto) {

    /**
     * Returns the hops in {@code Forwarded} (RFC 7239), the nearest proxy last; none if the list is not well formed.
     */
    static List<Hop> standard(Map<String, String> headers) {
        List<Hop> hops = new ArrayList<>();
        for (String element : split(headers.get("forwarded"), ',')) {
            String client = null;
            String host = null;
            String proto = null;
            for (String pair : split(element, ';')) {
                int equals = pair.indexOf('=');
                String value = unquoted(pair.substring(equals + 1).strip());
                switch (equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                    case "for" -> client = value;
                    case "host" -> host = value;
                    case "proto" -> proto = value;
                    default -> {} // by, and extensions
                }
            }
            hops.add(new Hop(node(client), host, proto));
        }
        return hops;
    }

    /** Returns the hops in {@code X-Forwarded-*}, the nearest proxy last. Shorter lists repeat their first value. */
    static List<Hop> customary(Map<String, String> headers) {
        List<String> clients = split(headers.get("x-forwarded-for"), ',');
        List<String> hosts = split(headers.get("x-forwarded-host"), ',');
        List<String> protos = split(headers.get("x-forwarded-proto"), ',');
        int longest = Math.max(clients.size(), Math.max(hosts.size(), protos.size()));
        List<Hop> hops = new ArrayList<>();
        for (int back = longest - 1; back >= 0; back--) {
            String client = back < clients.size() ? fromBack(clients, back) : null;
            hops.add(new Hop(node(client), fromBack(hosts, back), fromBack(protos, back)));
        }
        return hops;
    }

    private static @Nullable String fromBack(List<String> values, int back) {
        return values.isEmpty() ? null : values.get(Math.max(0, values.size() - 1 - back));
    }

    /** Returns the address of a node, which may have a port; null for {@code unknown} and for names that hide it. */
    private static @Nullable IpAddress node(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int bracket = text.indexOf(']');
        int colon = text.lastIndexOf(':');
        boolean port = bracket >= 0 ? colon > bracket : colon >= 0 && text.indexOf(':') == colon;
        return IpAddress.parse(port ? text.substring(0, colon) : text).orElse(null);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Returns the parts between separators outside quotes, without blank ones. */
    private static List<String> split(@Nullable String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (char c : (text == null ? "" : text).toCharArray()) {
            quoted ^= c == '"';
            if (c == separator && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        parts.removeIf(String::isEmpty);
        return parts;
    }
}
