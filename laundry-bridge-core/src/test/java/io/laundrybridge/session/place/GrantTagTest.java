package io.laundrybridge.session.place;

import static io.laundrybridge.policy.RowFilter.eq;
import static io.laundrybridge.policy.RowFilter.in;
import static io.laundrybridge.policy.RowFilter.keyPrefix;
import static io.laundrybridge.policy.RowFilter.keys;
import static io.laundrybridge.policy.RowFilter.prefix;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GrantTagTest {
    @Test
    void everythingOfTheFirstVariantHasNoTag() {
        assertThat(GrantTag.of(Grant.everything(), 0)).isEmpty();
        assertThat(GrantTag.of(Grant.everything(), 1)).hasSize(11).isNotEqualTo(GrantTag.of(Grant.everything(), 2));
    }

    @Test
    void equalGrantsHaveOneTag() {
        assertThat(tag(in("/t", List.of("a", "b", 1, true, 2.50))))
                .isEqualTo(tag(in("/t", List.of(2.5, 1L, "b", true, "a"))));
    }

    @Test
    void theTagIsTheSameOnEveryNode() {
        assertThat(tag(eq("/tenant", "acme"))).isEqualTo("NMfxhtE8-1c");
    }

    @Test
    void differentGrantsHaveDifferentTags() {
        assertThat(Stream.of(
                                eq("/t", "a"),
                                eq("/t", "b"),
                                eq("/u", "a"),
                                eq("/t", "1"),
                                eq("/t", 1),
                                eq("/t", true),
                                eq("/t", "true"),
                                in("/t", List.of("a", "b")),
                                in("/t", List.of("a 6:text b")),
                                prefix("/t", "a"),
                                keys(List.of("a")),
                                keys(List.of("a", "b")),
                                keyPrefix("a"),
                                keyPrefix(""),
                                eq("/t", "a").and(keyPrefix("a")),
                                eq("/t", "a").and(eq("/t", "b")),
                                eq("/t", "a").or(eq("/t", "b")))
                        .map(GrantTagTest::tag))
                .doesNotHaveDuplicates()
                .allMatch(tag -> tag.matches("[A-Za-z0-9_-]{11}"));
        assertThat(tag(eq("/t", "a"))).isNotEqualTo(GrantTag.of(Grant.rows(eq("/t", "a")), 1));
    }

    private static String tag(RowFilter filter) {
        return GrantTag.of(Grant.rows(filter), 0);
    }
}
