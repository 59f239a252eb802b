package io.laundrybridge.view.debezium;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records that Debezium's connector for PostgreSQL has written; the tests of the example write them anew. */
public final class Recording {
    private Recording() {}

    /**
     * A key and a value.
     *
     * @param value null for a tombstone
     */
    public record Pair(String key, @Nullable String value) {}

    /** Returns the records of the file {@code name}. */
    public static List<Pair> of(String name) {
        try (InputStream file = Recording.class.getResourceAsStream("/debezium/" + name + ".txt")) {
            String text = new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
            String[] lines = text.split("\n", -1);
            List<Pair> records = new ArrayList<>();
            for (int line = 0; line + 1 < lines.length; line += 2) {
                records.add(new Pair(lines[line], lines[line + 1].isEmpty() ? null : lines[line + 1]));
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
