package io.laundrybridge.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.test.login.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Which tokens are a user, and which are none: real signatures, keys from a real server, time by a clock. */
class JwtAuthenticatorTest {
    private static final Map<String, ?> HEADER = Map.of("alg", "RS256", "kid", "key-1", "typ", "JWT");

    /** A key that nobody trusts, with the id of one that is trusted. */
    private static final SigningKey FOREIGN = SigningKey.rsa("key-1");

    private final JwtDesk desk = new JwtDesk();

    @AfterEach
    void close() {
        desk.close();
    }

    private static Caller user(JwtDesk at, String token) throws Throwable {
        return Objects.requireNonNull(at.user(token));
    }

    private void isRefused(String token, String reason) {
        assertThatThrownBy(() -> desk.user(token))
                .isInstanceOf(RefusedCredentialsException.class)
                .hasMessageContaining(reason)
                .hasNoCause()
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void aSignedTokenIsAUserWithRolesClaimsAndAnEnd() throws Throwable {
        Caller user = user(desk, desk.token(Map.of("roles", List.of("staff", 7), "tenant", "acme", "level", 3)));
        assertThat(user.name()).isEqualTo("ada");
        assertThat(user.roles().test("staff")).isTrue();
        assertThat(user.roles().test("admin")).isFalse();
        assertThat(user.claim("tenant")).isEqualTo("acme");
        assertThat(user.claim("level")).isEqualTo(3L);
        assertThat(user.expires()).isEqualTo(Instant.parse("2026-11-29T12:06:00Z"));
    }

    @Test
    void theHandshakesBearerTokenCountsToo() throws Throwable {
        assertThat(Objects.requireNonNull(desk.userOf("bEaReR  " + desk.token()))
                        .name())
                .isEqualTo("ada");
        assertThatThrownBy(() -> desk.userOf("Bearer " + desk.token(Map.of("aud", "other"))))
                .isInstanceOf(RefusedCredentialsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "a.b.c.d.e", "a b.c.d", "é.b.c", "..", "\u0000"})
    void whatIsNoTokenOfThisKindIsLeftToOthers(String token) throws Throwable {
        assertThat(desk.user(token)).isNull();
        assertThat(desk.userOf("Bearer " + token)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer a.b.c d.e.f", "Digest Bearer", ""})
    void otherHeadersAreLeftToOthers(String header) throws Throwable {
        assertThat(desk.userOf(header)).isNull();
    }

    @Test
    void aTokenIsValidUntilItsExpiryAndTheSkewAndNotAMomentLonger() throws Throwable {
        String token = desk.token();
        desk.passes(Duration.ofSeconds(359));
        assertThat(user(desk, token).expires()).isEqualTo(desk.now.plusSeconds(1));
        desk.passes(Duration.ofSeconds(1));
        isRefused(token, "Expired JWT");
    }

    @Test
    void aTokenIsVoidBeforeItsTimeWithoutTheSkew() throws Throwable {
        String token = desk.token(Map.of("nbf", desk.now.plusSeconds(61).getEpochSecond()));
        isRefused(token, "before use time");
        desk.passes(Duration.ofSeconds(2));
        assertThat(user(desk, token).name()).isEqualTo("ada");
    }

    @Test
    void theSkewIsASetting() throws Throwable {
        try (JwtDesk strict = new JwtDesk(Map.of("clock-skew", "0s"))) {
            String token = strict.token();
            strict.passes(Duration.ofSeconds(299));
            assertThat(user(strict, token).expires()).isEqualTo(strict.now.plusSeconds(1));
            strict.passes(Duration.ofSeconds(1));
            assertThatThrownBy(() -> strict.user(token)).isInstanceOf(RefusedCredentialsException.class);
        }
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                arguments(Map.of("exp", ""), "exp"),
                arguments(Map.of("exp", "tomorrow"), "exp"),
                arguments(Map.of("exp", List.of(1)), "exp"),
                arguments(Map.of("exp", Long.MAX_VALUE), "Expired"),
                arguments(Map.of("exp", -1), "Expired"),
                arguments(Map.of("exp", 0), "Expired"),
                arguments(Map.of("iss", ""), "iss"),
                arguments(Map.of("iss", "https://login.example.com/"), "iss"),
                arguments(Map.of("iss", List.of(JwtDesk.ISSUER)), ""),
                arguments(Map.of("aud", ""), "aud"),
                arguments(Map.of("aud", "other"), "aud"),
                arguments(Map.of("aud", List.of()), "aud"),
                arguments(Map.of("aud", List.of("other", "LAUNDRY")), "aud"),
                arguments(Map.of("aud", Map.of("laundry", 1)), ""),
                arguments(Map.of("sub", ""), "sub"),
                arguments(Map.of("sub", " "), "sub"),
                arguments(Map.of("sub", List.of("ada")), ""),
                arguments(Map.of("nbf", "soon"), ""));
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void aTokenWithAWrongClaimIsRefused(Map<String, ?> claims, String reason) {
        isRefused(desk.token(claims), reason);
    }

    @Test
    void oneOfSeveralAudiencesIsEnough() throws Throwable {
        assertThat(user(desk, desk.token(Map.of("aud", List.of("other", "laundry"))))
                        .name())
                .isEqualTo("ada");
    }

    @Test
    void withoutASettingAnyIssuerAndAudienceIsAccepted() throws Throwable {
        try (JwtDesk open = new JwtDesk(Map.of("issuer", "", "audience", ""))) {
            assertThat(user(open, open.token(Map.of("iss", "", "aud", ""))).name())
                    .isEqualTo("ada");
        }
    }

    @Test
    void theUsersNameMayBeInAnotherClaim() throws Throwable {
        try (JwtDesk other = new JwtDesk(Map.of("user-claim", "email"))) {
            assertThat(user(other, other.token(Map.of("email", "ada@example.com")))
                            .name())
                    .isEqualTo("ada@example.com");
            assertThatThrownBy(() -> other.user(other.token()))
                    .isInstanceOf(RefusedCredentialsException.class)
                    .hasMessageContaining("'email'");
        }
    }

    @Test
    void anAccessTokenMayBeNamedSoAndOtherKindsOfTokensAreRefused() throws Throwable {
        String claims = json(desk.claims(Map.of()));
        for (String type : List.of("JWT", "jwt", "at+jwt")) {
            String token = desk.issuer.key().sign(Map.of("alg", "RS256", "kid", "key-1", "typ", type), claims);
            assertThat(user(desk, token).name()).isEqualTo("ada");
        }
        for (String type : List.of("logout+jwt", "dpop+jwt", "JOSE", "")) {
            isRefused(desk.issuer.key().sign(Map.of("alg", "RS256", "kid", "key-1", "typ", type), claims), "typ");
        }
    }

    @Test
    void aTokenWithoutASignatureIsRefused() {
        String claims = base64(json(desk.claims(Map.of())));
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            String header = base64("{\"alg\":\"" + none + "\",\"kid\":\"key-1\"}");
            isRefused(header + "." + claims + ".", "");
            isRefused(header + "." + claims + ".AAAA", "");
        }
        String signed = desk.token();
        isRefused(signed.substring(0, signed.lastIndexOf('.') + 1), "");
    }

    @Test
    void aChangedTokenIsRefused() {
        String[] parts = desk.token().split("\\.", -1);
        String admin = base64(json(desk.claims(Map.of("sub", "admin"))));
        isRefused(parts[0] + "." + admin + "." + parts[2], "Invalid signature");
        isRefused(parts[0] + "." + parts[1] + "." + parts[2].substring(1) + "A", "Invalid signature");
    }

    /** Public keys are public: with HMAC one of them would be a secret that everybody knows. */
    @Test
    void thePublicKeyIsNoSecretOfHmac() throws GeneralSecurityException {
        byte[] der = desk.issuer.key().pair().getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----";
        String jwk = desk.issuer.key().jwk();
        for (byte[] secret : List.of(der, utf8(pem), utf8(pem + "\n"), utf8(jwk), utf8(desk.issuer.jwks()))) {
            String signed = base64("{\"alg\":\"HS256\",\"kid\":\"key-1\",\"typ\":\"JWT\"}") + "."
                    + base64(json(desk.claims(Map.of())));
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
            isRefused(signed + "." + SigningKey.base64(hmac.doFinal(utf8(signed))), "");
        }
    }

    @Test
    void keysThatATokenBringsAreNoKeys() {
        String claims = json(desk.claims(Map.of()));
        int asked = desk.server.asked();
        for (Map<String, ?> more : List.<Map<String, ?>>of(
                Map.of("jwk", Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB")),
                Map.of("jku", desk.server.url() + "?evil"),
                Map.of("x5u", desk.server.url() + "?evil"),
                Map.of("x5c", List.of("AAAA")),
                Map.of("x5t", "AAAA", "x5t#S256", "AAAA"),
                Map.of())) {
            Map<String, Object> header = new HashMap<>(HEADER);
            header.putAll(more);
            isRefused(FOREIGN.sign(header, claims), "");
        }
        assertThat(desk.server.asked()).isLessThanOrEqualTo(asked + 2);
    }

    @Test
    void anAlgorithmThatIsNotSetIsRefusedEvenWithTheRightKey() throws Throwable {
        desk.issuer.add(SigningKey.ec("key-ec"));
        assertThat(user(desk, desk.token()).name()).isEqualTo("ada");
        try (JwtDesk rsaOnly = new JwtDesk(Map.of("algorithms", "RS256,PS256"))) {
            rsaOnly.issuer.add(SigningKey.ec("key-ec"));
            assertThatThrownBy(() -> rsaOnly.user(rsaOnly.token())).isInstanceOf(RefusedCredentialsException.class);
        }
        isRefused(desk.issuer.key().sign(Map.of("alg", "RS256", "kid", "key-ec"), json(desk.claims(Map.of()))), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/dev/null", "key-1\u0000", "' or 1=1", "key-1/../key-2", "${jndi:x}"})
    void aKeysIdIsLookedUpAndNothingElse(String id) {
        isRefused(FOREIGN.sign(Map.of("alg", "RS256", "kid", id), json(desk.claims(Map.of()))), "");
    }

    @Test
    void unknownCriticalHeadersAreRefused() {
        isRefused(
                desk.issuer
                        .key()
                        .sign(
                                Map.of("alg", "RS256", "kid", "key-1", "crit", List.of("b64"), "b64", false),
                                json(desk.claims(Map.of()))),
                "");
        isRefused(
                desk.issuer
                        .key()
                        .sign(
                                Map.of("alg", "RS256", "kid", "key-1", "crit", List.of("own"), "own", 1),
                                json(desk.claims(Map.of()))),
                "");
    }

    @Test
    void hugeAndNestedTokensAreRefusedWithinASecond() {
        SigningKey key = desk.issuer.key();
        String good = json(desk.claims(Map.of()));
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        Map<String, Object> longHeader = new HashMap<>(HEADER);
        longHeader.put("own", "x".repeat(100_000));
        long start = System.nanoTime();
        isRefused(key.sign(HEADER, deep), "");
        isRefused(key.sign(HEADER, good.substring(0, good.length() - 1) + ",\"deep\":" + deep + "}"), "");
        isRefused(key.sign(longHeader, good), "");
        isRefused(base64(deep) + "." + base64(good) + ".AAAA", "");
        isRefused("A".repeat(1 << 20) + "." + "A".repeat(1 << 20) + "." + "A".repeat(1 << 20), "");
        isRefused(desk.token() + "A".repeat(100_000), "");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "null",
                "[]",
                "7",
                "\"ada\"",
                "{",
                "{}",
                "{\"sub\":\"ada\"",
                "{\"sub\":\"ada\",\"sub\":\"eve\"}",
                "\u0000",
                "{\"exp\":1e999}",
                "{\"exp\":99999999999999999999999999}",
                "{'sub':'ada'}",
                "\ufeff{}"
            })
    void aPayloadThatIsNoObjectOfClaimsIsRefused(String payload) {
        isRefused(desk.issuer.key().sign(HEADER, payload), "");
    }

    /** Parsers differ in which of two they take. */
    @Test
    void aClaimThatIsThereTwiceIsRefused() {
        String claims = json(desk.claims(Map.of()));
        isRefused(desk.issuer.key().sign(HEADER, claims.substring(0, claims.length() - 1) + ",\"sub\":\"eve\"}"), "");
    }

    @Test
    void noRefusalRepeatsTheToken() {
        for (String token : List.of("eyJzZWNyZXQ.eyJzZWNyZXQ.c2VjcmV0", desk.token(Map.of("aud", "secret-audience")))) {
            assertThatThrownBy(() -> desk.user(token))
                    .isInstanceOf(RefusedCredentialsException.class)
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("eyJ", "c2VjcmV0", "secret"));
        }
    }

    private static String json(Map<String, ?> claims) {
        return new JsonMapper().writeValueAsString(claims);
    }

    private static String base64(String text) {
        return SigningKey.base64(utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
