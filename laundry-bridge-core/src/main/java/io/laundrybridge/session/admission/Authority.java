package io.laundrybridge.session.admission;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and its port, as {@code Host}, {@code :authority} and origins name them, in one spelling. That is lower case,
 * without a trailing dot, and with IPv6 addresses in brackets and in full.
 *
 * @param port -1 if none is given
 */
record Authority(String host, int port) {
    /** Names that resolvers accept: with underscores, which {@code java.net.URI} does not accept in a host. */
    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)\\.?(?::(\\d{0,5}))?");

    private static final int MAX_CHARS = 260;
    private static final int MAX_PORT = 65_535;

    /** Returns the authority in {@code text}; empty if it is not one. */
    static Optional<Authority> parse(@Nullable String text) {
        if (text == null || text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? parsed(parts.group(1), parts.group(2)) : Optional.empty();
    }

    private static Optional<Authority> parsed(String name, @Nullable String digits) {
        int port = digits == null || digits.isEmpty() ? -1 : Integer.parseInt(digits);
        if (port == 0 || port > MAX_PORT) {
            return Optional.empty();
        }
        if (name.startsWith("[")) {
            return IpAddress.parse(name)
                    .map(address -> new Authority(address.isV6() ? "[" + address + "]" : address.toString(), port));
        }
        return Optional.of(new Authority(name.toLowerCase(Locale.ROOT), port));
    }

    /** Returns the address, if the host is one. */
    Optional<IpAddress> address() {
        return IpAddress.parse(host);
    }

    /** Returns whether the host names the client's own machine, whatever a resolver says (RFC 6761). */
    boolean isLoopback() {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || address().map(IpAddress::isLoopback).orElse(false);
    }

    @Override
    public String toString() {
        return port < 0 ? host : host + ":" + port;
    }
}
