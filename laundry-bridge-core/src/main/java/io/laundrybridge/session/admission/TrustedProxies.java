package io.laundrybridge.session.admission;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The proxies whose headers determine a client's address, host and scheme. Immutable. */
final class TrustedProxies {
    private final List<AddressRange> ranges;

    TrustedProxies(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * A request as its client sent it.
     *
     * @param client null if unknown
     * @param proxied whether a trusted proxy passed it on
     */
    record Seen(@Nullable IpAddress client, @Nullable String host, boolean secure, boolean proxied) {}

    /** Returns the request as its client sent it; behind untrusted proxies that is what arrived here. */
    Seen seen(UpgradeRequest request) {
        UpgradeRequest.Connection connection = request.connection();
        IpAddress peer = IpAddress.parse(connection.remoteAddress()).orElse(null);
        if (peer == null || !trusts(peer)) {
            return new Seen(peer, request.host(), connection.secure(), false);
        }
        Seen here = new Seen(peer, request.host(), connection.secure(), true);
        Map<String, String> headers = request.forwarded();
        List<Hop> standard = Hop.standard(headers);
        List<Hop> customary = Hop.customary(headers);
        if (standard.isEmpty()) {
            return behind(here, customary, headers.get("x-forwarded-port"));
        }
        Seen told = behind(here, standard, null);
        boolean contradicted = headers.containsKey("x-forwarded-for") && !same(told, behind(here, customary, null));
        return contradicted ? here : told; // one of them is the client's own, and it is unknown which
    }

    private static boolean same(Seen one, Seen other) {
        return String.valueOf(one.client()).equals(String.valueOf(other.client()));
    }

    /** Applies what the proxies report, from the right, as far as they are trusted. */
    private Seen behind(Seen here, List<Hop> hops, @Nullable String port) {
        if (hops.isEmpty()) {
            return here;
        }
        IpAddress client = here.client();
        int at = hops.size() - 1;
        for (IpAddress told = hops.get(at).client();
                told != null;
                told = hops.get(at).client()) {
            client = told;
            if (at == 0 || !trusts(told)) {
                break;
            }
            at--;
        }
        Hop hop = hops.get(at);
        String host = hop.host() != null ? hop.host() : here.host();
        return new Seen(client, withPort(host, port), hop.proto() != null ? secure(hop.proto()) : here.secure(), true);
    }

    private boolean trusts(IpAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean secure(String proto) {
        String scheme = proto.toLowerCase(Locale.ROOT);
        return scheme.equals("https") || scheme.equals("wss");
    }

    /** Returns {@code host} with {@code port} if it has none, and if the port is known and is not the scheme's own. */
    private static @Nullable String withPort(@Nullable String host, @Nullable String port) {
        boolean telling = port != null && port.matches("\\d{1,5}") && !port.equals("80") && !port.equals("443");
        boolean lacks =
                telling && Authority.parse(host).map(some -> some.port() < 0).orElse(false);
        return lacks ? host + ":" + port : host;
    }
}
