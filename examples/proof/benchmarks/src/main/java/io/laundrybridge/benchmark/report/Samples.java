package io.laundrybridge.benchmark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The file of a run: the machine in the first line, then one sample per line, as JSON. */
public final class Samples {
    private static final JsonMapper JSON = new JsonMapper();

    private Samples() {}

    /** Begins a file anew. */
    public static void begin(Path file, Machine machine) {
        write(file, machine, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /** Appends a sample at once, so that an interrupted run keeps its samples. */
    public static void append(Path file, Sample sample) {
        write(file, sample, StandardOpenOption.APPEND);
    }

    /** Returns the machine of a file. */
    static Machine machine(Path file) {
        return JSON.readValue(lines(file).get(0), Machine.class);
    }

    /** Its samples. */
    static List<Sample> read(Path file) {
        return lines(file).stream()
                .skip(1)
                .map(line -> JSON.readValue(line, Sample.class))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("No samples can be read from " + file, e);
        }
    }

    private static void write(Path file, Object line, StandardOpenOption... how) {
        try {
            Files.writeString(file, JSON.writeValueAsString(line) + "\n", how);
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing can be written to " + file, e);
        }
    }
}
