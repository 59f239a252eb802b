package io.laundrybridge.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes the launcher beside a jar, and makes the archives that the launcher starts with: one per JDK, each from a
 * training run. The runs of all JDKs take place side by side.
 *
 * <p>A training run that fails costs its archive and nothing else: the launcher then says that it has none.
 */
public final class StartupArchives {
    private final Path launcher;

    private StartupArchives(Path launcher) {
        this.launcher = launcher;
    }

    /**
     * Makes a launcher and its archives.
     *
     * @param arguments the folder of the jar, the jar's name without {@code .jar}, {@code true} if only the launcher is
     *     wanted, the seconds of load, and the main class of a training that is given a Kafka; without it the jar's own
     *     main class brings its Kafka along
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        StartupArchives archives = new StartupArchives(launcher(folder.resolve(arguments[1])));
        if (Boolean.parseBoolean(arguments[2])) {
            return;
        }
        int seconds = Integer.parseInt(arguments[3]);
        List<Path> jdks = Jdks.at(Path.of(System.getProperty("java.home")));
        if (arguments.length > 4) {
            try (TrainingTopic topic = new TrainingTopic()) {
                archives.train(jdks, seconds, arguments[4], topic.options());
            } catch (RuntimeException noKafka) {
                System.err.println("No startup archives for " + arguments[1] + ": " + noKafka);
            }
        } else {
            archives.train(jdks, seconds, "", List.of("--port=0"));
        }
        System.exit(0); // whatever thread of the broker is left
    }

    private static Path launcher(Path file) throws IOException {
        try (InputStream script = StartupArchives.class.getResourceAsStream("launcher")) {
            Files.copy(Objects.requireNonNull(script), file, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " cannot be made executable");
        }
        return file;
    }

    private void train(List<Path> jdks, int seconds, String mainClass, List<String> options)
            throws InterruptedException {
        List<Thread> runs = new ArrayList<>();
        for (Path jdk : jdks) {
            Thread run = new Thread(() -> new TrainingRun(launcher, jdk, mainClass).run(options, seconds));
            run.start();
            runs.add(run);
        }
        for (Thread run : runs) {
            run.join();
        }
    }
}
