package io.laundrybridge.benchmark.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that reads commands as lines and answers by lines. It ends when its standard input does, so none outlives
 * this one, however this one ends. Used by one thread.
 */
public final class Child implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final String END = "\0end";

    private final String name;
    private final Process process;
    private final Path log;
    private final PrintWriter in;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private volatile String lastAnswer = "";

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Thread reader = new Thread(this::listen, "answers of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command; its standard error goes to a file in {@code logs}. */
    public static Child start(String name, List<String> command, Path logs) {
        try {
            Files.createDirectories(logs);
            Path log = logs.resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
            scrub(builder.environment());
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " did not start", e);
        }
    }

    /** Settings of this process must not become settings of the servers. */
    private static void scrub(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(variable -> variable.startsWith("LAUNDRY_BRIDGE_")
                        || variable.startsWith("SPRING_")
                        || variable.equals("JAVA_TOOL_OPTIONS"));
    }

    /** Returns the command that runs a main class in a JVM like this one. */
    public static List<String> java(List<String> flags, String classPath, String main, List<String> arguments) {
        return java(Jdk.own(), flags, classPath, main, arguments);
    }

    /** Returns the command that runs a main class in a JVM of {@code jdk}. */
    public static List<String> java(
            Jdk jdk, List<String> flags, String classPath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(jdk.tool("java"));
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return command;
    }

    /** Returns a program of the JDK that runs this. */
    static String tool(String program) {
        return Jdk.own().tool(program);
    }

    /** Its name, as in its log's. */
    public String name() {
        return name;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Sends it a line. */
    public void tell(String line) {
        in.println(line);
    }

    /** Sends it a line and waits for an answer that contains {@code expected}. */
    public String ask(String line, String expected, Duration patience) {
        tell(line);
        return await(expected, patience);
    }

    /**
     * Waits for a line that contains {@code expected}; other lines are skipped.
     *
     * @throws ChildException if it ends, or writes no such line in time
     */
    public String await(String expected, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                String line = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    throw new ChildException(name + " did not say '" + expected + "' within " + patience + lastWords());
                }
                if (line.equals(END)) {
                    answers.add(END);
                    throw new ChildException(name + " ended" + lastWords());
                }
                if (line.startsWith("failed ")) {
                    throw new ChildException(name + ": " + line.substring("failed ".length()));
                }
                if (line.contains(expected)) {
                    return line;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildException(name + ": interrupted");
        }
    }

    /** Returns why it ended by its log, or its last line: a JVM without memory reports that among the answers. */
    public String lastWords() {
        String words = lastAnswer;
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            words = lines.filter(line -> !line.isBlank() && !line.startsWith("\t") && !line.startsWith("WARNING"))
                    .reduce((first, second) -> second)
                    .orElse(words);
        } catch (IOException e) {
            // then its last line must suffice
        }
        return words.isEmpty() ? "" : ": " + words;
    }

    private void listen() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lastAnswer = line;
                answers.add(line);
            }
        } catch (IOException e) {
            // it is being ended: no line follows
        }
        answers.add(END);
    }

    /** Ends it, by force if it takes too long. */
    @Override
    public void close() {
        in.close();
        try {
            if (!process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
