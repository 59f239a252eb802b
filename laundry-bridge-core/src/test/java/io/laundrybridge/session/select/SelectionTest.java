package io.laundrybridge.session.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key and every prefix can be said. */
public class SelectionTest {
    @ParameterizedTest
    @CsvSource({
        "m-1, m-1",
        "a\\*b, a*b",
        "CORP\\*, CORP*",
        "CORP\\\\\\*, CORP\\*",
        "a\\\\*b, a\\*b",
        "a*b, a*b",
        "C:\\logs\\, C:\\logs\\",
        "\\\\server\\share, \\\\server\\share",
        "CORP\\anna, CORP\\anna",
    })
    void aKeyIsSaidByItself(String pattern, String key) {
        Selection selection = Selection.of(List.of(pattern));
        assertThat(selection.keys()).containsExactly(key);
        assertThat(selection.prefixes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "site-7/*, site-7/",
        "CORP\\\\*, CORP\\",
        "\\\\\\\\*, \\\\",
        "a\\*b*, a*b",
        "a**, a*",
        "*, ''",
    })
    void aTrailingStarBehindAnEvenNumberOfBackslashesIsAPrefix(String pattern, String prefix) {
        Selection selection = Selection.of(List.of(pattern));
        assertThat(selection.prefixes()).containsExactly(prefix);
        assertThat(selection.keys()).isEmpty();
    }

    @Test
    void anEmptyPatternIsTheEmptyKey() {
        assertThat(Selection.of(List.of("")).keys()).containsExactly("");
    }

    /** Of any key: its stars escaped, with the backslashes that stand before them doubled, it is itself. */
    @ParameterizedTest
    @ValueSource(strings = {"*", "\\*", "\\\\*x", "a*b\\*c\\\\*", "\\", "x\\"})
    void anyKeyCanBeSaid(String key) {
        String pattern = key.replaceAll("(\\\\*)\\*", "$1$1\\\\*");
        assertThat(Selection.of(List.of(pattern)).keys()).containsExactly(key);
    }
}
