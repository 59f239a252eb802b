package io.laundrybridge.session.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.admission.TrustedProxies.Seen;
import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What proxies tell counts as far as they are trusted, from the right. */
class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = new TrustedProxies(
            List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::/8"), AddressRange.parse("::1")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9|203.0.113.9",
                "198.51.100.1, 203.0.113.9|203.0.113.9",
                "198.51.100.1, 203.0.113.9, 10.1.1.1|203.0.113.9",
                "10.1.1.1, 10.2.2.2|10.1.1.1",
                "203.0.113.9:4711|203.0.113.9",
                "[2001:db8::7]:4711|2001:db8:0:0:0:0:0:7",
                "2001:db8::7|2001:db8:0:0:0:0:0:7",
                "::ffff:203.0.113.9|203.0.113.9",
                "evil.example|10.0.0.1",
                "203.0.113.9, unknown|10.0.0.1",
                "203.0.113.9, unknown, 10.1.1.1|10.1.1.1",
                "'  '|10.0.0.1",
            })
    void theClientIsTheLastAddressThatIsNotATrustedProxy(String forwardedFor, String client) {
        assertThat(seen("10.0.0.1", "X-Forwarded-For", forwardedFor).client()).hasToString(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9;host=shop.example.com;proto=https|203.0.113.9|shop.example.com|true",
                "For=\"[2001:db8::7]:4711\" ;"
                        + " Host=\"shop.example.com:8443\";Proto=HTTPS|2001:db8:0:0:0:0:0:7|shop.example.com:8443|true",
                "for=198.51.100.1;host=evil.example, for=203.0.113.9;host=shop.example.com,"
                        + " for=10.2.2.2|203.0.113.9|shop.example.com|false",
                "for=_hidden;host=shop.example.com|10.0.0.1|shop.example.com|false",
                "for=\"203.0.113.9|10.0.0.1|upstream:8080|false",
                ";;,=,for|10.0.0.1|upstream:8080|false"
            })
    void theStandardHeaderIsUnderstood(String forwarded, String client, String host, boolean secure) {
        Seen seen = seen("10.0.0.1", "Forwarded", forwarded);
        assertThat(seen.client()).hasToString(client);
        assertThat(seen.host()).isEqualTo(host);
        assertThat(seen.secure()).isEqualTo(secure);
    }

    @Test
    void hostSchemeAndPortAreThoseThatTheClientsProxyTells() {
        Seen seen = seen(
                "10.0.0.1",
                "X-Forwarded-For",
                "198.51.100.1, 203.0.113.9, 10.2.2.2",
                "X-Forwarded-Host",
                "evil.example, shop.example.com, inner",
                "X-Forwarded-Proto",
                "http, https, http");
        assertThat(seen.client()).hasToString("203.0.113.9");
        assertThat(seen.host()).isEqualTo("shop.example.com");
        assertThat(seen.secure()).isTrue();
        assertThat(seen("10.0.0.1", "X-Forwarded-Proto", "wss").secure()).isTrue();
        assertThat(seen("10.0.0.1", "X-Forwarded-Host", "shop.example.com", "X-Forwarded-Port", "8443")
                        .host())
                .isEqualTo("shop.example.com:8443");
        assertThat(seen("10.0.0.1", "X-Forwarded-Host", "shop.example.com", "X-Forwarded-Port", "80")
                        .host())
                .isEqualTo("shop.example.com");
    }

    @Test
    void nothingCountsFromOthers() {
        Seen seen =
                seen("203.0.113.1", "X-Forwarded-For", "198.51.100.1", "Forwarded", "for=1.1.1.1;host=a;proto=https");
        assertThat(seen.client()).hasToString("203.0.113.1");
        assertThat(seen.host()).isEqualTo("upstream:8080");
        assertThat(seen.secure()).isFalse();
        assertThat(seen.proxied()).isFalse();
    }

    /** A proxy that knows one of the headers passes the other on as the client wrote it. */
    @Test
    void headersThatContradictEachOtherBothCountForNothing() {
        Seen seen = seen("10.0.0.1", "X-Forwarded-For", "203.0.113.9", "Forwarded", "for=1.1.1.1;host=evil.example");
        assertThat(seen.client()).hasToString("10.0.0.1");
        assertThat(seen.host()).isEqualTo("upstream:8080");
        assertThat(seen("10.0.0.1", "X-Forwarded-For", "203.0.113.9", "Forwarded", "for=203.0.113.9")
                        .client())
                .hasToString("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({"fd12::1, true", "fe80::1, false", "::1, true", "::1%lo, true", "10.255.0.1, true", "11.0.0.1, false"})
    void rangesHoldBothKindsOfAddresses(String peer, boolean trusted) {
        assertThat(seen(peer, "X-Forwarded-Proto", "https").secure()).isEqualTo(trusted);
    }

    private static Seen seen(String peer, String... headers) {
        Map<String, String> all = new HashMap<>(Map.of("Host", "upstream:8080"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return PROXIES.seen(UpgradeRequest.of(all::get, null, false, new Connection(peer, "10.0.0.5", false)));
    }
}
