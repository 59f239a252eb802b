package io.laundrybridge.session.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages and hosts are the server's own, and what a refusal tells the operator. */
class AdmissionTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String INTRANET = "10.0.0.5";
    private static final Connection LOCAL = new Connection(LOOPBACK, LOOPBACK, false);

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080",
        "http://LocalHost:8080, LOCALHOST:8080",
        "http://app.localhost, app.localhost:80",
        "http://localhost., localhost",
        "http://[::1]:8080, [::1]:8080",
        "http://[0:0::1]:8080, [::1]:8080",
        "http://127.0.0.1, 127.0.0.1:",
        "http://192.168.7.7:8080, 192.168.7.7:8080",
        "http://[fd00::7]:8080, [FD00:0::7]:8080",
        "http://laundry_app:8080, laundry_app:8080",
        "http://app-:8080, app-:8080",
        "http://1und1:8080, 1und1:8080",
        "http://intranet, INTRANET",
        "https://shop.example.com, shop.example.com",
        "https://shop.example.com:443, shop.example.com",
        "https://shop.example.com:8443, shop.example.com:8443",
        "https://a_b.example.com., a_b.example.com",
    })
    void aPageOfTheServersOwnHostMayConnect(String origin, String host) {
        assertThat(refusal(Admission.DEFAULT, origin, host, LOCAL)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://attacker.example:8080, attacker.example:8080",
        "http://localhost.attacker.example, localhost.attacker.example",
        "http://127.0.0.1.nip.example, 127.0.0.1.nip.example",
    })
    void aHostThatOnlyItsNameMakesOursIsNotBelieved(String origin, String host) {
        assertThat(refusal(Admission.DEFAULT, origin, host, LOCAL))
                .contains("laundry-bridge.allowed-hosts=" + host.replaceAll(":.*", ""));
        assertThat(refusal(
                        Admission.of(List.of(), List.of(host.replaceAll(":.*", "")), List.of()), origin, host, LOCAL))
                .isNull();
        assertThat(refusal(Admission.of(List.of(origin), List.of(), List.of()), origin, host, LOCAL))
                .isNull();
    }

    @Test
    void aLoopbackNameIsBelievedOnALoopbackAddressOnly() {
        Connection inner = new Connection("10.0.0.9", INTRANET, false);
        assertThat(refusal(Admission.DEFAULT, "http://localhost", "localhost", inner))
                .contains("laundry-bridge.allowed-hosts=localhost");
        assertThat(refusal(Admission.DEFAULT, "http://localhost", "localhost", new Connection(null, null, false)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/",
                "http://localhost:8080?x",
                "http://localhost:8080#x",
                "http://user@localhost:8080",
                "http://localhost:08080x",
                "http://localhost:8081",
                "http://localhost",
                "http://localhost:99999",
                "http://localhost..:8080",
                "ftp://localhost:8080",
                "ws://localhost:8080",
                "//localhost:8080",
                "localhost:8080",
                "http://localhost:8080, http://localhost:8080",
                "http:// localhost:8080",
                "null",
                ""
            })
    void allOtherOriginsThanThoseOfThisHostAreForeign(String origin) {
        assertThat(refusal(Admission.DEFAULT, origin, "localhost:8080", LOCAL)).contains("allowed-origins=");
    }

    @Test
    void anHttpPageIsNotTheOwnOfATlsServer() {
        Connection tls = new Connection(LOOPBACK, LOOPBACK, true);
        assertThat(refusal(Admission.DEFAULT, "http://localhost", "localhost", tls))
                .contains("by http and connects by TLS");
        assertThat(refusal(Admission.DEFAULT, "https://localhost", "localhost", tls))
                .isNull();
        Admission named = Admission.of(List.of("http://localhost"), List.of(), List.of());
        assertThat(refusal(named, "http://localhost", "localhost", tls)).isNull();
    }

    @Test
    void aRequestWithoutHostHasNoOwnPages() {
        assertThat(refusal(Admission.DEFAULT, "http://localhost", null, LOCAL))
                .contains("not come from the host (none)");
    }

    @Test
    void theContainersHostCountsIfItNamesMore() {
        assertThat(request(Map.of(), "127.0.0.1:8080", LOCAL).host()).isEqualTo("127.0.0.1:8080"); // HTTP/2
        assertThat(request(Map.of("Host", "inner:9000"), "shop.example.com:443", LOCAL)
                        .host())
                .isEqualTo("shop.example.com:443");
        assertThat(request(Map.of("Host", "shop.example.com"), "shop.example.com:80", LOCAL)
                        .host())
                .isEqualTo("shop.example.com");
        assertThat(request(Map.of("Host", "[::1]:80"), "[0:0:0:0:0:0:0:1]", LOCAL)
                        .host())
                .isEqualTo("[::1]:80");
    }

    @Test
    void aProxyThatIsNotTrustedIsNamedInTheRefusal() {
        UpgradeRequest request = request(
                Map.of(
                        "Host",
                        "upstream:8080",
                        "X-Forwarded-Host",
                        "shop.example.com",
                        "Origin",
                        "https://shop.example.com"),
                null,
                new Connection("10.0.0.7", INTRANET, false));
        assertThat(Admission.DEFAULT.judge(request).refusal())
                .contains("10.0.0.7 is a proxy of yours")
                .contains("laundry-bridge.trusted-proxies");
    }

    @Test
    void clientTextIsCleanedForTheLog() {
        String refusal =
                refusal(Admission.DEFAULT, "http://a\r\nERROR b\u001b[31m" + "x".repeat(500), "localhost", LOCAL);
        assertThat(refusal)
                .contains("http://a??ERROR?b?[31mx")
                .hasSizeLessThan(500)
                .doesNotContain("\n", "\u001b");
    }

    @Test
    void credentialsNeedAnOriginUnlessEveryPageMayConnect() {
        UpgradeRequest cookie = request(Map.of("Host", "localhost", "Cookie", "a=b"), null, LOCAL);
        assertThat(Admission.DEFAULT.judge(cookie).refusal()).contains("Origin: http://HOST");
        assertThat(Admission.of(List.of("*"), List.of(), List.of())
                        .judge(cookie)
                        .admitted())
                .isTrue();
        assertThat(Admission.DEFAULT
                        .judge(request(Map.of("Host", "attacker.example"), null, LOCAL))
                        .admitted())
                .isTrue();
    }

    /** No page can send one, so the client is no page. */
    @ParameterizedTest
    @CsvSource({
        "Bearer abc, false, true",
        "bearer abc, true, true",
        "Bearerabc, false, false",
        "Basic YTpi, false, false",
        "Negotiate abc, true, false",
        "'Basic YTpi, Bearer abc', false, false"
    })
    void aBearerTokenNeedsNoOrigin(String authorization, boolean authenticated, boolean admitted) {
        Map<String, String> headers = Map.of("Host", "localhost", "Authorization", authorization);
        UpgradeRequest program = UpgradeRequest.of(headers::get, null, authenticated, LOCAL);
        assertThat(Admission.DEFAULT.judge(program).admitted()).isEqualTo(admitted);
        Map<String, String> withCookie = Map.of("Host", "localhost", "Authorization", authorization, "Cookie", "a=b");
        UpgradeRequest page = UpgradeRequest.of(withCookie::get, null, authenticated, LOCAL);
        assertThat(Admission.DEFAULT.judge(page).admitted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://staff.example.com, https://STAFF.example.com:443",
        "HTTPS://staff.example.com:443, https://staff.example.com.",
        "http://[::1]:5173, http://[0::1]:5173"
    })
    void anAllowedOriginIsComparedLikeAnyOther(String entry, String origin) {
        assertThat(refusal(Admission.of(List.of(entry), List.of(), List.of()), origin, "localhost", LOCAL))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "staff.example.com, write https://staff.example.com",
        "https://staff.example.com/, write https://staff.example.com",
        "http://staff.example.com:8080/app?x, write http://staff.example.com:8080",
        "wss://staff.example.com, write https://staff.example.com",
        "ws://localhost:8080, write http://localhost:8080",
        "https://b\u00fccher.example, write https://xn--bcher-kva.example",
        "https://user@staff.example.com, write https://staff.example.com",
        "null, or set * to admit",
        "https://*.example.com, no wildcards",
        "https://staff.example.com:99999, a port of 1 to 65535",
        "https://, expected scheme",
        "https://a b, expected scheme"
    })
    void anOriginThatCanNeverMatchStopsTheStartAndSaysWhatToWrite(String entry, String cure) {
        assertThatThrownBy(() -> Admission.of(List.of(entry), List.of(), List.of()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.allowed-origins has the entry '" + entry + "'")
                .hasMessageContaining(cure);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://shop.example.com", "shop.example.com:8080", "shop.example.com/", "*.example.com", "a b"
            })
    void aHostThatCanNeverMatchStopsTheStart(String entry) {
        assertThatThrownBy(() -> Admission.of(List.of(), List.of(entry), List.of()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.allowed-hosts has the entry '" + entry + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "::1/129", "10.0.0.256", "*"})
    void aProxyThatIsNoAddressStopsTheStart(String entry) {
        assertThatThrownBy(() -> Admission.of(List.of(), List.of(), List.of(entry)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.trusted-proxies has the entry '" + entry + "'");
    }

    private static @Nullable String refusal(
            Admission admission, String origin, @Nullable String host, Connection connection) {
        Map<String, String> headers = new TreeMap<>(Map.of("Origin", origin));
        if (host != null) {
            headers.put("Host", host);
        }
        return admission.judge(request(headers, null, connection)).refusal();
    }

    private static UpgradeRequest request(Map<String, String> headers, @Nullable String server, Connection connection) {
        return UpgradeRequest.of(headers::get, server, false, connection);
    }
}
