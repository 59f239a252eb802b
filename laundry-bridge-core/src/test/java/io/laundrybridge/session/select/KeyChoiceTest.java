package io.laundrybridge.session.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.RowFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client asks for and what it may read meet in exactly the keys of both. */
public class KeyChoiceTest {
    private static final List<String> SOME = List.of("", "a", "a/", "a/1", "a/12", "a/2", "ab", "b", "b/1", "*", "c");

    private static final List<RowFilter> GRANTS = List.of(
            RowFilter.keys(List.of()),
            RowFilter.keys(List.of("a/1", "b", "*")),
            RowFilter.keyPrefix(""),
            RowFilter.keyPrefix("a/"),
            RowFilter.keyPrefix("a/1"),
            RowFilter.keyPrefix("a/").or(RowFilter.keys(List.of("b"))),
            RowFilter.keyPrefix("a/").or(RowFilter.keyPrefix("b")).and(RowFilter.keyPrefix("b/")),
            RowFilter.keyPrefix("a").and(RowFilter.eq("/n", 1)));

    private static final List<List<String>> PATTERNS = List.of(
            List.of(), List.of("*"), List.of("a*"), List.of("a/1", "c"), List.of("a/1*", "b*", "c"), List.of("zz"));

    private static boolean allows(RowFilter rows, String key) {
        if (rows instanceof RowFilter.KeyIn in) {
            return in.keys().contains(key);
        }
        if (rows instanceof RowFilter.KeyPrefix prefix) {
            return key.startsWith(prefix.prefix());
        }
        if (rows instanceof RowFilter.All all) {
            return all.filters().stream().allMatch(part -> allows(part, key));
        }
        return !(rows instanceof RowFilter.Any any) || any.filters().stream().anyMatch(part -> allows(part, key));
    }

    @Test
    void theKeysOfBoth() {
        for (RowFilter grant : GRANTS) {
            for (List<String> patterns : PATTERNS) {
                KeyChoice asked = KeyChoice.of(patterns);
                KeyChoice both = asked.and(KeyChoice.of(grant));
                for (String key : SOME) {
                    assertThat(both.has(key))
                            .as(patterns + " within " + grant + " has " + key)
                            .isEqualTo(asked.has(key) && allows(grant, key));
                }
                assertThat(both.has(null)).isFalse();
                assertThat(both.isAll()).isFalse();
            }
        }
    }

    /** Nothing in common is nothing, where no pattern at all means everything. */
    @Test
    void nothingInCommonIsNothing() {
        KeyChoice none = KeyChoice.of(List.of("b*", "c")).and(KeyChoice.of(RowFilter.keyPrefix("a/")));
        assertThat(none.keys()).isEmpty();
        assertThat(none.prefixes()).isEmpty();
        assertThat(none.isAll()).isFalse();
        assertThat(SOME).noneMatch(none::has);
    }
}
