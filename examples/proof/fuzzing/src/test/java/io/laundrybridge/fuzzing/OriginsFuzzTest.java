package io.laundrybridge.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.session.admission.Admission;
import io.laundrybridge.session.admission.UpgradeRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks that only named pages and the server's own pages are admitted, for any headers of a request. */
class OriginsFuzzTest {
    private static final Admission STRICT = Admission.of(List.of(), List.of("own.example"), List.of());
    private static final Admission BEHIND_A_PROXY = Admission.of(List.of(), List.of(), List.of("10.0.0.0/8"));

    /** Lines of {@code data}: the origin, the host, the headers of a proxy, an entry of the settings. */
    @FuzzTest
    void onlyOwnPages(byte[] data) {
        String[] lines = new String(data, StandardCharsets.UTF_8).split("\n", 4);
        String origin = lines[0];
        String host = lines.length > 1 ? lines[1] : "";
        String forwarded = lines.length > 2 ? lines[2] : "";
        for (Admission admission : List.of(STRICT, BEHIND_A_PROXY)) {
            for (boolean secure : new boolean[] {true, false}) {
                judge(admission, origin, host, secure, forwarded);
            }
        }
        configure(lines.length > 3 ? lines[3] : "");
    }

    private static void judge(Admission admission, String origin, String host, boolean secure, String forwarded) {
        var connection = new UpgradeRequest.Connection("10.0.0.7", "10.0.0.1", secure);
        var headers = Map.of("forwarded", forwarded, "x-forwarded-for", forwarded, "x-forwarded-host", forwarded);
        var verdict = admission.judge(new UpgradeRequest(origin, host, true, connection, headers));
        if (verdict.admitted() && admission.equals(STRICT)) {
            String page = origin.substring(origin.indexOf("://") + 3);
            assertThat(origin).matches("(?i)https?://[^/?#@]+");
            assertThat(name(host)).isEqualTo(name(page));
        }
    }

    /** The host alone, as a browser would compare it. */
    private static String name(String authority) {
        String lower = authority.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
        return lower.startsWith("[") ? "[" : lower.replaceFirst("[.]$", "");
    }

    private static void configure(String entry) {
        for (int place = 0; place < 3; place++) {
            List<String> named = List.of(entry);
            try {
                Admission.of(
                        place == 0 ? named : List.of(), place == 1 ? named : List.of(), place == 2 ? named : List.of());
            } catch (SettingException refused) {
                assertThat(refused.getMessage()).contains("laundry-bridge.");
            }
        }
    }
}
