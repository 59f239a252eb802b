package io.laundrybridge.benchmark.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a report without figures explains why. */
class AServerThatEndedSaysWhyTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path logs;

    @Test
    void oneWithoutMemorySaysSo() {
        assertThatThrownBy(() -> wordsOf(Hoarder.class, "-XX:+ExitOnOutOfMemoryError", "-Xmx16m"))
                .hasMessageContaining("ended")
                .hasMessageContaining("OutOfMemoryError");
    }

    @Test
    void oneWithAnErrorNamesIt() {
        assertThatThrownBy(() -> wordsOf(Faulty.class, "-Xmx16m")).hasMessageContaining("the topic is not there");
    }

    private void wordsOf(Class<?> main, String... flags) {
        List<String> command = Child.java(List.of(flags), ClassPath.own(), main.getName(), List.of());
        try (Child child = Child.start(main.getSimpleName(), command, logs)) {
            child.await("what it never says", PATIENCE);
        }
    }

    /** Keeps everything, like an endpoint with an unbounded queue. */
    static final class Hoarder {
        public static void main(String[] arguments) {
            List<byte[]> kept = new ArrayList<>();
            while (kept.size() < 1_000) {
                kept.add(new byte[1024 * 1024]);
            }
            throw new IllegalStateException("a thousand megabytes in sixteen: " + kept.size());
        }
    }

    /** Ends by an exception. */
    static final class Faulty {
        public static void main(String[] arguments) {
            if (arguments.length == 0) {
                throw new IllegalStateException("the topic is not there");
            }
        }
    }
}
