package io.laundrybridge.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.auth.Credentials;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.test.login.SigningKey;
import io.laundrybridge.test.login.TokenIssuer;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told about the settings of {@code laundry-bridge.auth.jwt}. */
class JwtSettingsTest {
    private static final String JWT = "laundry-bridge.auth.jwt.";

    @TempDir
    private Path folder;

    private static Optional<JwtAuthenticator> from(Map<String, String> settings) {
        Map<String, String> whole = new HashMap<>();
        settings.forEach((key, value) -> whole.put(JWT + key, value));
        return JwtAuthenticator.from(Settings.of(whole), HostServices.standard());
    }

    private static void isRefused(Map<String, String> settings, String key, String sentence) {
        assertThatThrownBy(() -> from(settings))
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo(JWT + key))
                .hasMessageContaining(sentence);
    }

    @Test
    void withoutKeysThereIsNoLogin() {
        assertThat(from(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, https://a.example", "audience, laundry", "algorithms, RS256", "user-claim, email",
        "roles-claim, scope", "clock-skew, 5s", "jwks-refresh, 1m", "jwks-outage, 1m"
    })
    void aSettingWithoutKeysIsRefused(String key, String value) {
        isRefused(Map.of(key, value), key, "set " + JWT + "jwks");
    }

    @Test
    void keysMayBeInAFileThatIsReplacedLater() throws Exception {
        TokenIssuer issuer = new TokenIssuer(SigningKey.ec("key-1"));
        Path file = Files.writeString(folder.resolve("jwks.json"), issuer.jwks());
        for (String location : List.of(file.toString(), file.toUri().toString())) {
            JwtAuthenticator authenticator = from(Map.of("jwks", location)).orElseThrow();
            assertThat(name(authenticator, issuer)).isEqualTo("ada");
            issuer.rotate();
            Files.writeString(file, issuer.jwks());
            assertThat(name(authenticator, issuer)).isEqualTo("ada");
        }
    }

    private static String name(JwtAuthenticator authenticator, TokenIssuer issuer) throws Exception {
        String token = issuer.token(
                Map.of("sub", "ada", "exp", Instant.now().plusSeconds(60).getEpochSecond()));
        Credentials credentials = new Credentials(token, Caller.ANONYMOUS, Map.of(), "");
        Caller user =
                authenticator.authenticate(credentials).toCompletableFuture().get();
        return user == null ? "" : user.name();
    }

    @Test
    void aFileThatIsMissingOrHasNoKeysStopsTheStart() throws Exception {
        isRefused(Map.of("jwks", folder + "/none.json"), "jwks", "there is no such file");
        isRefused(Map.of("jwks", folder.toString()), "jwks", folder.toString());
        Path file = Files.writeString(folder.resolve("jwks.json"), "{}");
        isRefused(Map.of("jwks", file.toString()), "jwks", "no JSON Web Key Set");
        Files.writeString(file, " ".repeat(300_000));
        isRefused(Map.of("jwks", file.toString()), "jwks", "larger than 262144 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.com/jwks",
                "http://10.0.0.7/jwks",
                "http://127.0.0.1.example.com/jwks",
                "http://localhost.example.com/",
                "http://[::2]/jwks"
            })
    void plainHttpIsForLoopbackOnly(String url) {
        isRefused(Map.of("jwks", url), "jwks", "'" + url + "'; expected https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1/a", "http://127.1.2.3:1/a", "http://[::1]:1/a", "https://a.invalid/a"})
    void httpsAndLoopbackAreTaken(String url) {
        assertThat(from(Map.of("jwks", url))).isPresent();
    }

    @Test
    void aPasswordInAUrlIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> from(Map.of("jwks", "https://me:s3cret@login.example.com/")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("a user or a password")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://", "https:///jwks", "https://a b/", "https://a_b:x/", "http://[::1/jwks"})
    void aUrlWithoutAServerIsRefused(String url) {
        isRefused(Map.of("jwks", url), "jwks", "'" + url + "'; expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "RS256,HS256", "rs256", "RS256,RS256", "EdDSA", "RS1"})
    void onlyAlgorithmsOfPublicKeysCanBeSet(String algorithms) {
        isRefused(Map.of("jwks", "https://a.invalid/", "algorithms", algorithms), "algorithms", "expected RS256");
    }

    /** Nimbus is an optional dependency. */
    @Test
    void aMissingLibraryIsNamed() throws Exception {
        List<URL> classes = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("nimbus")) {
                classes.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader without =
                new URLClassLoader(classes.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> settings = without.loadClass(Settings.class.getName());
            Class<?> services = without.loadClass(HostServices.class.getName());
            Method from = without.loadClass(JwtAuthenticator.class.getName()).getMethod("from", settings, services);
            Method of = settings.getMethod("of", Map.class);
            Object standard = services.getMethod("standard").invoke(null);
            assertThat(from.invoke(null, of.invoke(null, Map.of()), standard)).isEqualTo(Optional.empty());
            Object set = of.invoke(null, Map.of(JWT + "jwks", "https://login.example.com/jwks"));
            assertThatThrownBy(() -> from.invoke(null, set, standard))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("add the dependency com.nimbusds:nimbus-jose-jwt")
                    .hasMessageContaining(JWT + "jwks is set");
        }
    }
}
