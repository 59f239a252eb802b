package io.laundrybridge.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.config.BridgeSettings;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.spring.HostException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

class JwtDecoderIsTheAuthenticatorTest {
    private static Tokens tokens;

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    OAuth2ResourceServerAutoConfiguration.class, LaundryBridgeSecurityAutoConfiguration.class))
            .withPropertyValues("laundry-bridge.path=/laundry");

    @BeforeAll
    static void start() throws Exception {
        tokens = new Tokens();
    }

    @AfterAll
    static void stop() {
        tokens.close();
    }

    @Test
    void theConditionsAskForKeysOfTheCatalogue() {
        assertThat(LaundryBridgeSecurityAutoConfiguration.PATH_KEY).isEqualTo(BridgeSettings.PATH.key());
        assertThat(LaundryBridgeSecurityAutoConfiguration.JWKS_KEY).isEqualTo(BridgeSettings.JWKS.key());
    }

    @Test
    void aTokenGivesNameClaimsAuthoritiesAndItsEnd() throws Exception {
        Instant end = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 90);
        String token = tokens.with(claims -> claims.expirationTime(Date.from(end)));
        withTokens(authenticator -> {
            Caller anna = caller(authenticator, token);
            assertThat(anna.name()).isEqualTo("anna");
            assertThat(anna.claims())
                    .containsEntry("tenant", "acme")
                    .containsEntry("sites", List.of("north", 7L))
                    .containsEntry("exp", end.getEpochSecond())
                    .containsEntry("iss", Tokens.ISSUER);
            assertThat(anna.expires()).isEqualTo(end);
            assertThat(anna.roles()).accepts("SCOPE_read", "SCOPE_write").rejects("read", "SCOPE_admin", "ROLE_read");
        });
    }

    @Test
    void aBearerHandshakeIsReadIfNoFilterHasReadIt() throws Exception {
        String token = tokens.of("otto");
        withTokens(authenticator -> {
            assertThat(caller(authenticator, handshake("bearer " + token)).name())
                    .isEqualTo("otto");
            assertThat(answer(authenticator, handshake("Basic b3R0bzpvdHRv"))).isNull();
            assertThat(answer(authenticator, handshake(null))).isNull();
        });
    }

    @Test
    void badTokensAreRefusedWithoutBeingQuoted() throws Exception {
        Date past = Date.from(Instant.now().minusSeconds(120));
        Date future = Date.from(Instant.now().plusSeconds(120));
        String forged;
        try (Tokens others = new Tokens()) {
            forged = others.of("anna");
        }
        List<String> bad = List.of(
                tokens.with(claims -> claims.expirationTime(past)),
                tokens.with(claims -> claims.notBeforeTime(future)),
                tokens.with(claims -> claims.audience("others")),
                tokens.with(claims -> claims.issuer("https://evil.example.com")),
                forged,
                tokens.unsigned(),
                tokens.confused(),
                tokens.of("anna").substring(5),
                "x".repeat(100_000),
                "a.b.c",
                "");
        withTokens(authenticator -> bad.forEach(token -> assertThatThrownBy(() -> caller(authenticator, token))
                .isInstanceOfSatisfying(
                        RefusedCredentialsException.class,
                        refusal -> assertThat(refusal.getMessage())
                                .hasSizeBetween(10, 300)
                                .doesNotContain(token.isEmpty() ? "Bearer" : token))));
    }

    @Test
    void keysThatCannotBeLoadedAreNoAnswer() throws Exception {
        String token = tokens.of("anna");
        JwtDecoder away =
                NimbusJwtDecoder.withJwkSetUri("http://127.0.0.1:1/jwks").build();
        web.withBean(JwtDecoder.class, () -> away)
                .run(context -> assertThatThrownBy(() -> caller(context.getBean(JwtDecoderAuthenticator.class), token))
                        .isNotInstanceOf(RefusedCredentialsException.class));
    }

    @Test
    void theConverterOfTheApplicationNamesUsersAndAuthorities() throws Exception {
        String token = tokens.with(claims -> claims.claim("roles", List.of("CLERK")));
        web.withPropertyValues(properties())
                .withPropertyValues(
                        "spring.security.oauth2.resourceserver.jwt.principal-claim-name=tenant",
                        "spring.security.oauth2.resourceserver.jwt.authorities-claim-name=roles",
                        "spring.security.oauth2.resourceserver.jwt.authority-prefix=ROLE_")
                .withBean(RoleHierarchy.class, () -> RoleHierarchyImpl.fromHierarchy("ROLE_CLERK > ROLE_GUEST"))
                .run(context -> {
                    assertThat(context).hasSingleBean(JwtAuthenticationConverter.class);
                    Caller caller = caller(context.getBean(JwtDecoderAuthenticator.class), token);
                    assertThat(caller.name()).isEqualTo("acme");
                    assertThat(caller.roles())
                            .accepts("CLERK", "ROLE_CLERK", "GUEST")
                            .rejects("SCOPE_read");
                });
    }

    @Test
    void usersOfHandshakesHaveAuthoritiesAndClaims() {
        Authentication form = UsernamePasswordAuthenticationToken.authenticated(
                "anna", "", AuthorityUtils.createAuthorityList("ROLE_STAFF", "reports:read"));
        DefaultOAuth2User github = new DefaultOAuth2User(
                AuthorityUtils.createAuthorityList("OAUTH2_USER"), Map.of("login", "otto", "id", 7), "login");
        Authentication login = UsernamePasswordAuthenticationToken.authenticated(github, "", github.getAuthorities());
        web.run(context -> {
            assertThat(context).doesNotHaveBean(JwtDecoderAuthenticator.class);
            Authenticator users = context.getBean(Authenticator.class);
            Caller anna = answer(users, of(form));
            assertThat(anna).isNotNull();
            assertThat(anna.roles())
                    .accepts("STAFF", "ROLE_STAFF", "reports:read")
                    .rejects("staff", "read");
            Caller otto = answer(users, of(login));
            assertThat(otto).isNotNull();
            assertThat(otto.claims()).containsEntry("login", "otto").containsEntry("id", 7);
            assertThat(answer(users, new Credentials("token", Caller.ANONYMOUS, Map.of(), "")))
                    .isNull();
        });
    }

    @Test
    void anAuthenticatorOfTheApplicationReplacesTheDecoder() {
        Authenticator own = credentials -> java.util.concurrent.CompletableFuture.completedStage(null);
        web.withPropertyValues(properties())
                .withBean("own", Authenticator.class, () -> own)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JwtDecoderAuthenticator.class));
    }

    @Test
    void keysOfTheBridgesOwnSettingsReplaceTheDecoder() {
        web.withPropertyValues(properties())
                .withPropertyValues("laundry-bridge.auth.jwt.jwks=https://login.example.com/jwks.json")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JwtDecoderAuthenticator.class));
    }

    @Test
    void severalDecodersWithoutAPrimaryOneAreRefused() {
        JwtDecoder decoder =
                NimbusJwtDecoder.withJwkSetUri("http://127.0.0.1:1/jwks").build();
        web.withBean("one", JwtDecoder.class, () -> decoder)
                .withBean("two", JwtDecoder.class, () -> decoder)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                HostException.class,
                                refusal -> assertThat(refusal).hasMessageContaining("there are 2 JwtDecoder beans")));
    }

    @Test
    void springSecurityMayBeMissingInWholeOrInPart() {
        for (String missing : List.of(
                "org.springframework.security",
                "org.springframework.security.oauth2",
                "org.springframework.security.oauth2.server")) {
            web.withClassLoader(new FilteredClassLoader(missing))
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JwtDecoderAuthenticator.class));
        }
    }

    private void withTokens(Consumer<Authenticator> test) {
        web.withPropertyValues(properties())
                .run(context -> test.accept(context.getBean(JwtDecoderAuthenticator.class)));
    }

    private String[] properties() {
        return tokens.properties().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);
    }

    private static Caller caller(Authenticator authenticator, String token) {
        return caller(authenticator, new Credentials(token, Caller.ANONYMOUS, Map.of(), ""));
    }

    private static Caller caller(Authenticator authenticator, Credentials credentials) {
        Caller caller = answer(authenticator, credentials);
        assertThat(caller).isNotNull();
        return caller;
    }

    private static @Nullable Caller answer(Authenticator authenticator, Credentials credentials) {
        return authenticator.authenticate(credentials).toCompletableFuture().join();
    }

    private static Credentials handshake(@Nullable String authorization) {
        Map<String, List<String>> headers =
                authorization == null ? Map.of() : Map.of("authorization", List.of(authorization));
        return new Credentials(null, Caller.ANONYMOUS, headers, "127.0.0.1");
    }

    private static Credentials of(Authentication user) {
        return new Credentials(null, Caller.of(user, role -> false), Map.of(), "127.0.0.1");
    }
}
