package io.laundrybridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "k3x9.67a1f0:0@1235.7,1@88.7",
                "k3x9.67a1f0:",
                "k3x9.67a1f0.aB3-_zzzzzz:0@1235.7",
                "A-b_9.0:0@0",
                "k.1:0@9223372036854775807.2147483647",
                "k.1:2@5"
            })
    void readsWhatTheServerWrites(String text) {
        assertThat(PositionParser.parse(text)).isPresent();
    }

    @Test
    void writesBackWhatItRead() {
        for (String head : new String[] {"k3x9.67a1f0", "k3x9.67a1f0.aB3-_zzzzzz"}) {
            String text = head + ":0@1235.7,1@88";
            assertThat(PositionParser.parse(text).orElseThrow()).hasToString(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "0@1",
                "k3x9:0@1",
                "k3x9.67a1f0",
                "k3x9.67a1f0.:0@1",
                "k3x9.67a1f0.aB3-_zzzzz:0@1",
                "k3x9.67a1f0.aB3-_zzzzzzz:0@1",
                "k3x9.67a1f0.aB3-_zzzzz.:0@1",
                "k3x9.67a1f0.aB3-_zzzzzz.aB3-_zzzzzz:0@1",
                "k3x9.67a1f0:0@-1",
                "k3x9.67a1f0:-1@1",
                "k3x9.67a1f0:0@9223372036854775808",
                "k3x9.67a1f0:0@1.2147483648",
                "k3x9.67a1f0:0@1,0@2",
                "k3x9.67a1f0:0@1,",
                "k3x9.67a1f0:,0@1",
                "k3x9.67a1f0:10000@1",
                "k3x9.67a1f0:99999@1",
                "k3x9.67a1f0:00@1",
                "k3x9.67a1f0:0@01",
                "k3x9.67a1f0:0@1 ",
                " k3x9.67a1f0:0@1",
                "k3x9.zzzzzzzzzz:0@1",
                "../etc.1:0@1",
                "k3x9.67a1f0:0@1\n",
                "k3x9.67a1f0:0@\u0661"
            })
    void refusesWhatIsNone(String text) {
        assertThat(PositionParser.parse(text)).isEmpty();
    }

    @Test
    void neverThrowsWhateverComes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "k3.:@,019-_ \n\0\uD800z";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? "k.1:" : "");
            for (int c = random.nextInt(30); c > 0; c--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(PositionParser.parse(text.toString()))
                    .as("seed %d: %s", seed, text)
                    .isNotNull();
        }
    }
}
