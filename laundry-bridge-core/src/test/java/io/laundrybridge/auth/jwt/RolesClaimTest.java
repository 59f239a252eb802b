package io.laundrybridge.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where issuers keep roles, and in which forms. */
class RolesClaimTest {

    @Test
    void aListHasRolesAndOtherThingsInItAreNone() {
        assertThat(new RolesClaim("roles").roles(Map.of("roles", Arrays.asList("staff", 7, null, List.of("admin")))))
                .containsExactly("staff");
    }

    @Test
    void wordsOfAStringAreRoles() {
        assertThat(new RolesClaim("scope").roles(Map.of("scope", " read  write ")))
                .containsExactlyInAnyOrder("read", "write");
    }

    @Test
    void dotsLeadIntoObjects() {
        Map<String, Object> claims = Map.of("realm_access", Map.of("roles", List.of("staff")));
        assertThat(new RolesClaim("realm_access.roles").roles(claims)).containsExactly("staff");
    }

    @Test
    void aClaimOfThatWholeNameGoesBeforeAPath() {
        Map<String, Object> claims =
                Map.of("https://a.example/roles", List.of("staff"), "https://a", Map.of("example/roles", "admin"));
        assertThat(new RolesClaim("https://a.example/roles").roles(claims)).containsExactly("staff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"roles", "a.b.c", "a.", ".", "a..b", "number.x", "list.0"})
    void aClaimThatIsMissingOrOfAnotherFormHasNoRoles(String name) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("a", Map.of("b", 7));
        claims.put("number", 7);
        claims.put("list", List.of("staff"));
        claims.put("roles", Map.of("staff", true));
        assertThat(new RolesClaim(name).roles(claims)).isEmpty();
    }
}
