package io.laundrybridge.session.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

public class KeyPrefixesTest {
    @Test
    void coverWhatBeginsWithOneOfThem() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<String> texts = texts(random, random.nextInt(8));
            KeyPrefixes prefixes = KeyPrefixes.of(texts);
            for (String key : texts(random, 20)) {
                assertThat(prefixes.cover(key))
                        .as("%s of %s", key, texts)
                        .isEqualTo(texts.stream().anyMatch(key::startsWith));
            }
        }
    }

    @Test
    void noneOfThemBeginsWithAnother() {
        assertThat(KeyPrefixes.of(List.of("site-7/", "site-", "m", "site-7/a", "m"))
                        .all())
                .containsExactly("m", "site-");
        assertThat(KeyPrefixes.of(List.of("a", "")).all()).containsExactly("");
    }

    private static List<String> texts(Random random, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(5); length > 0; length--) {
                text.append("ab\uffff".charAt(random.nextInt(3)));
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
