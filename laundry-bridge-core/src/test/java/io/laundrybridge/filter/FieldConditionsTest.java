package io.laundrybridge.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.RowFilter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A grant's conditions compare strictly by type, and a value that no field can have matches nothing. */
class FieldConditionsTest {
    private static final FilterFields FIELDS = FilterFields.of(List.of("/t", "/u"));

    private static boolean matches(RowFilter rows, Object t) {
        Filter filter = FieldConditions.of(rows, FIELDS);
        return filter != null && Filter.matches(filter, new FieldValues(new Object[] {t, FieldValues.MISSING}));
    }

    @Test
    void numbersOfEveryKindAreEqualIfTheirValuesAre() {
        for (Number seven :
                List.of(7, 7L, (short) 7, (byte) 7, 7.0, 7f, new BigDecimal("7.00"), BigInteger.valueOf(7))) {
            assertThat(matches(RowFilter.eq("/t", seven), 7L))
                    .as(seven.getClass().getName())
                    .isTrue();
            assertThat(matches(RowFilter.eq("/t", seven), "7")).isFalse();
        }
        assertThat(matches(RowFilter.eq("/t", "7"), 7L)).isFalse();
        assertThat(matches(RowFilter.eq("/t", "true"), true)).isFalse();
        assertThat(matches(RowFilter.eq("/t", true), true)).isTrue();
    }

    @Test
    void valuesThatNoFieldHasMatchNothing() {
        for (Object odd : new Object[] {Double.NaN, Double.POSITIVE_INFINITY, new BigDecimal("1e2147483647").pow(1)}) {
            for (Object field : List.of(FieldValues.OTHER, FieldValues.MISSING, FieldValues.NULL, "NaN")) {
                assertThat(matches(RowFilter.eq("/t", odd), field)).isFalse();
            }
        }
        for (Object mark : List.of(FieldValues.OTHER, FieldValues.MISSING, FieldValues.NULL)) {
            assertThat(matches(new RowFilter.FieldIn("/t", Set.of(mark)), mark)).isFalse();
        }
        assertThat(matches(RowFilter.eq("/t", null), FieldValues.NULL)).isFalse();
    }

    @Test
    void aFieldThatIsNotDeclaredMatchesNothingAndIsNamed() {
        RowFilter rows = RowFilter.eq("/t", "a").or(RowFilter.eq("/x", "a"));
        assertThat(FieldConditions.undeclared(rows, FIELDS)).containsExactly("/x");
        assertThat(matches(RowFilter.eq("/x", "a"), "a")).isFalse();
        assertThat(matches(RowFilter.prefix("/x", ""), "a")).isFalse();
        assertThat(FieldConditions.of(RowFilter.keyPrefix("a"), FIELDS)).isNull();
    }

    @Test
    void prefixesAndCombinations() {
        assertThat(matches(RowFilter.prefix("/t", "a/"), "a/1")).isTrue();
        assertThat(matches(RowFilter.prefix("/t", ""), 1L)).isFalse();
        assertThat(matches(RowFilter.eq("/t", "a").and(RowFilter.eq("/u", "b")), "a"))
                .isFalse();
        assertThat(matches(RowFilter.eq("/t", "a").or(RowFilter.eq("/u", "b")), "a"))
                .isTrue();
        assertThat(matches(RowFilter.keyPrefix("k").and(RowFilter.in("/t", List.of("a", "b"))), "b"))
                .isTrue();
    }
}
