package io.laundrybridge.session.admission;

import static io.laundrybridge.config.BridgeSettings.ALLOWED_HOSTS;

import io.laundrybridge.error.SettingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hosts under which clients may reach this server. A page of {@code http} chooses the name that its browser looks
 * up. Its owner may point that name to this server's address (DNS rebinding). Page and server then have the same host,
 * and only the name shows that it is not ours. Immutable.
 */
final class AllowedHosts {
    private final Set<String> named;

    /** Makes a list of {@code entries}, beside the hosts that no attacker can have; {@code *} allows all. */
    AllowedHosts(Collection<String> entries) {
        Set<String> hosts = new HashSet<>();
        entries.forEach(entry -> hosts.add(entry.equals("*") ? entry : host(entry)));
        this.named = Set.copyOf(hosts);
    }

    private static String host(String entry) {
        return Authority.parse(entry)
                .filter(some -> some.port() < 0)
                .map(Authority::host)
                .orElseThrow(() -> new SettingException(
                        ALLOWED_HOSTS.key(),
                        ALLOWED_HOSTS + " has the entry '" + entry
                                + "'; expected a host without scheme and port, such as shop.example.com"));
    }

    /**
     * Returns whether {@code asked} is a host of this server.
     *
     * @param local the address that the connection came to; null if unknown
     */
    boolean contains(Authority asked, @Nullable IpAddress local) {
        if (named.contains("*") || named.contains(asked.host())) {
            return true;
        }
        if (asked.isLoopback()) {
            return local == null || local.isLoopback();
        }
        return asked.address().isPresent()
                || unqualified(asked.host())
                || asked.host().equals(Machine.NAME);
    }

    /**
     * Returns whether {@code host} is a name without a dot, for example of a Compose service. It belongs to the local
     * network, because it cannot be registered on the internet.
     */
    private static boolean unqualified(String host) {
        return host.indexOf('.') < 0;
    }

    /** Looked up once, if no earlier rule knows the requested host. */
    private static final class Machine {
        static final String NAME = name();

        private static String name() {
            try {
                String name = InetAddress.getLocalHost().getHostName();
                return Authority.parse(name).map(Authority::host).orElse("");
            } catch (UnknownHostException nameless) {
                return "";
            }
        }
    }
}
