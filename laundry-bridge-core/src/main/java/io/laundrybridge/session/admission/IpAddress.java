package io.laundrybridge.session.admission;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address, read from its literal; no name is ever looked up. An IPv4 address in IPv6 form is that IPv4 address.
 * Immutable.
 */
final class IpAddress {
    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    /** The bytes of an IPv6 address that name a customer's network; the customer chooses the others. */
    private static final int V6_NETWORK_BYTES = 8;

    private final InetAddress address;

    private IpAddress(InetAddress address) {
        this.address = address;
    }

    /** Returns the address in {@code text}, with or without brackets and zone; empty if it is a name or nothing. */
    static Optional<IpAddress> parse(@Nullable String text) {
        String literal = text == null ? "" : bare(text);
        boolean v6 = literal.indexOf(':') >= 0 && V6.matcher(literal).matches();
        if (!v6 && !V4.matcher(literal).matches()) {
            return Optional.empty();
        }
        try { // in brackets only an address is accepted, so nothing is looked up
            return Optional.of(new IpAddress(InetAddress.getByName(v6 ? "[" + literal + "]" : literal)));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    private static String bare(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String inner = bracketed ? text.substring(1, text.length() - 1) : text;
        int zone = inner.indexOf('%');
        return zone < 0 ? inner : inner.substring(0, zone);
    }

    byte[] bytes() {
        return address.getAddress();
    }

    boolean isV6() {
        return bytes().length > 4;
    }

    boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Returns the unit by which limits per address count: an IPv4 address, or the /64 network of an IPv6 address. */
    String group() {
        return isV6() ? HexFormat.of().formatHex(bytes(), 0, V6_NETWORK_BYTES) + "/64" : toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return address.getHostAddress();
    }
}
