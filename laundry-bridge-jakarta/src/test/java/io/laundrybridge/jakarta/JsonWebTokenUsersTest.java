package io.laundrybridge.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.auth.Credentials;
import io.laundrybridge.policy.Caller;
import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

/** What MicroProfile JWT knows of a user at the handshake is what access rules see. */
class JsonWebTokenUsersTest {
    private static final Map<String, Object> CLAIMS = Map.of(
            "sub",
            "ada",
            "exp",
            2_000L,
            "groups",
            Set.of("staff"),
            "raw_token",
            "secret",
            "tenant",
            Json.createValue("north"),
            "sites",
            Json.createArrayBuilder().add("a").add(7).build(),
            "address",
            Json.createObjectBuilder().add("city", "Bonn").build());

    /** The principal that a server makes of a token. */
    private static final JsonWebToken TOKEN = new JsonWebToken() {
        @Override
        public String getName() {
            return "ada";
        }

        @Override
        public Set<String> getClaimNames() {
            return CLAIMS.keySet();
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // MicroProfile declares it so
        public <T> T getClaim(String name) {
            return (T) Objects.requireNonNull(CLAIMS.get(name));
        }
    };

    private static Caller answer(Credentials credentials) {
        return new JsonWebTokenUsers()
                .authenticate(credentials)
                .toCompletableFuture()
                .join();
    }

    @Test
    void aTokenOfTheHandshakeGivesGroupsClaimsAndEnd() {
        Caller user =
                Objects.requireNonNull(answer(new Credentials(null, Caller.of(TOKEN, "held"::equals), Map.of(), "")));
        assertThat(user.name()).isEqualTo("ada");
        assertThat(user.roles().test("staff")).isTrue();
        assertThat(user.roles().test("held")).as("as the container knows it").isTrue();
        assertThat(user.roles().test("other")).isFalse();
        assertThat(user.expires()).isEqualTo(Instant.ofEpochSecond(2_000));
        assertThat(user.claim("tenant")).isEqualTo("north");
        assertThat(user.claim("sites")).isEqualTo(List.of("a", 7));
        assertThat(user.claim("address")).isEqualTo(Map.of("city", "Bonn"));
        assertThat(user.claims()).doesNotContainKey("raw_token");
    }

    @Test
    void otherUsersAndTokensOfPagesAreForOthers() {
        assertThat(answer(new Credentials(null, Caller.named("ben"), Map.of(), "")))
                .isNull();
        assertThat(answer(new Credentials("token", Caller.of(TOKEN, role -> false), Map.of(), "")))
                .isNull();
        assertThat(new JsonWebTokenUsers().knowsTokens()).isFalse();
    }
}
