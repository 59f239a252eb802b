package io.laundrybridge.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs an example on one JDK in the launcher's mode {@code record}, under clients of its channel {@code machines}. */
final class TrainingRun {
    private static final Pattern SERVES = Pattern.compile("(?:ws|http)://127\\.0\\.0\\.1:(\\d+)");
    /** The clients of each endpoint. */
    private static final int CLIENTS = 8;
    /** The longest time for the start, the end, and the archive together. */
    private static final int LONGEST_SECONDS = 180;

    private final Path launcher;
    private final Path jdk;
    private final String mainClass;

    TrainingRun(Path launcher, Path jdk, String mainClass) {
        this.launcher = launcher;
        this.jdk = jdk;
        this.mainClass = mainClass;
    }

    /** Runs the example for {@code seconds} once it serves, and waits for the archive. */
    void run(List<String> options, int seconds) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("STARTUP_ARCHIVE", "record");
        builder.environment().put("STARTUP_ARCHIVE_MAIN", mainClass);
        builder.environment().remove("JAVA_OPTS");
        StringBuilder output = new StringBuilder();
        try {
            Process process = builder.start();
            bound(process, seconds + LONGEST_SECONDS);
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                load(lines, output, seconds);
                process.toHandle().destroy(); // the launcher passes it on; its output stays open
                lines.lines().forEach(line -> output.append(line).append('\n'));
                if (process.waitFor() != 0) {
                    throw new IOException("the launcher made no archive");
                }
            } finally {
                kill(process);
            }
        } catch (IOException | UncheckedIOException | InterruptedException e) {
            System.err.println("No startup archive for " + jdk + ": " + e.getMessage() + "\n" + output);
        }
    }

    private static void bound(Process process, int seconds) {
        Thread deadline = new Thread(() -> {
            try {
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    kill(process);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        deadline.setDaemon(true);
        deadline.start();
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Reads {@code lines} until the example serves, and then its channel for {@code seconds}. */
    private static void load(BufferedReader lines, StringBuilder output, int seconds)
            throws IOException, InterruptedException {
        List<URI> endpoints = new ArrayList<>();
        while (endpoints.isEmpty()) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the example did not start");
            }
            output.append(line).append('\n');
            Matcher serves = SERVES.matcher(line);
            while (serves.find()) {
                endpoints.add(URI.create("ws://127.0.0.1:" + serves.group(1) + "/laundry"));
            }
        }
        List<TrainingClient> clients = new ArrayList<>();
        for (URI endpoint : endpoints) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(TrainingClient.connect(endpoint, i % 2 == 0 ? "live" : "earliest"));
            }
        }
        TimeUnit.SECONDS.sleep(seconds);
        clients.forEach(TrainingClient::close);
    }
}
