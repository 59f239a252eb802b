package io.laundrybridge.benchmark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report of a run. */
public final class Report {
    private final Machine machine;
    private final Results results;

    private Report(Machine machine, Results results) {
        this.machine = machine;
        this.results = results;
    }

    /** Returns the report of the samples in a file. */
    public static Report of(Path samples) {
        return new Report(Samples.machine(samples), new Results(Samples.read(samples)));
    }

    /** Writes text and pictures into a folder; returns the path of the text. */
    public Path write(Path folder) {
        try {
            Path text = folder.resolve("report.md");
            Files.writeString(text, new Markdown(machine, results).text());
            Files.writeString(folder.resolve("report.svg"), new Picture(results).svg());
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("The report cannot be written into " + folder, e);
        }
    }
}
