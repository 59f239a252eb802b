package io.laundrybridge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template shows each user its own rows, and never those of a user with a similar name. */
class RowTemplateTest {
    private static Caller caller(String name, Object tenant) {
        return Caller.named(name).withClaims(Map.of("tenant", tenant));
    }

    private static Grant grant(Caller caller, String... conditions) {
        return Access.authenticated().rows(RowTemplate.of(conditions)).grant(caller, "orders");
    }

    @Test
    void aFieldIsComparedWithAClaimOrTheUser() {
        assertThat(grant(caller("anna", "t1"), "/tenant=claim:tenant"))
                .isEqualTo(Grant.rows(RowFilter.eq("/tenant", "t1")));
        assertThat(grant(caller("anna", "t1"), "/owner=user")).isEqualTo(Grant.rows(RowFilter.eq("/owner", "anna")));
        assertThat(grant(caller("anna", List.of("t1", "t2")), "/tenant=claim:tenant"))
                .isEqualTo(Grant.rows(RowFilter.in("/tenant", List.of("t2", "t1"))));
        assertThat(grant(caller("anna", 7), "/tenant=claim:tenant")).isEqualTo(Grant.rows(RowFilter.eq("/tenant", 7L)));
    }

    @Test
    void allConditionsMustHold() {
        assertThat(grant(caller("anna", "t1"), "/tenant=claim:tenant", "key-prefix:{claim:tenant}/{user}/"))
                .isEqualTo(Grant.rows(RowFilter.eq("/tenant", "t1").and(RowFilter.keyPrefix("t1/anna/"))));
    }

    @Test
    void aClaimThatIsMissingOrOddShowsNothing() {
        assertThat(grant(Caller.named("anna"), "/tenant=claim:tenant")).isEqualTo(Grant.nothing());
        assertThat(grant(Caller.named("anna"), "key-prefix:{claim:tenant}/")).isEqualTo(Grant.nothing());
        assertThat(grant(caller("anna", Map.of("id", 1)), "/tenant=claim:tenant"))
                .isEqualTo(Grant.nothing());
        assertThat(grant(caller("anna", List.of()), "/tenant=claim:tenant")).isEqualTo(Grant.nothing());
        assertThat(grant(caller("anna", ""), "/tenant=claim:tenant")).isEqualTo(Grant.nothing());
        assertThat(grant(caller("anna", true), "key-prefix:{claim:tenant}/")).isEqualTo(Grant.nothing());
        assertThat(grant(caller("anna", List.of("a")), "key-prefix:{claim:tenant}/"))
                .isEqualTo(Grant.nothing());
        assertThat(grant(Caller.ANONYMOUS, "/owner=user")).isEqualTo(Grant.nothing());
    }

    /** The anonymous user has no name, which is not the name "". */
    @Test
    void anonymousCallersHaveNoRows() {
        Access everybody = Access.anonymous().rows(RowTemplate.of("/owner=user"));
        assertThat(everybody.grant(Caller.ANONYMOUS, "orders")).isEqualTo(Grant.nothing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "/", "a/", ""})
    void aValueThatHasTheNextCharacterShowsNothing(String user) {
        assertThat(grant(Caller.named(user), "key-prefix:{user}/")).isEqualTo(Grant.nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key-prefix:{user}",
                "key-prefix:x/{user}",
                "key-prefix:{user}{claim:tenant}/",
                "key-prefix:public/",
                "key-prefix:{name}/",
                "key-prefix:{user/",
                "key-prefix:{user}/{",
                "key-prefix:",
                "/tenant=tenant",
                "/tenant=claim:",
                "tenant=user",
                "=user",
                "/tenant",
                "",
            })
    void aTemplateThatCouldShowForeignRowsIsRefused(String text) {
        assertThatThrownBy(() -> RowTemplate.of(text))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("rows");
    }

    @Test
    void aRuleDecidesWhetherAndTheTemplateWhich() {
        Access rule = Access.role("staff").rows(RowTemplate.of("/owner=user"));
        assertThat(rule.grant(Caller.named("anna"), "orders")).isEqualTo(Grant.nothing());
        assertThat(rule.grant(Caller.named("anna").withRoles(List.of("staff")), "orders"))
                .isEqualTo(Grant.rows(RowFilter.eq("/owner", "anna")));
        assertThat(rule.roles()).containsExactly("staff");
        assertThat(rule.immediate()).isTrue();
        assertThat(rule.rows(caller -> RowFilter.keyPrefix("")).immediate()).isFalse();
    }
}
