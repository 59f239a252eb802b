package io.laundrybridge.benchmark.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program in C that is in the class path, built where a C compiler is. */
public final class CProgram {
    private static final long PATIENCE_SECONDS = 60;
    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");

    private final Class<?> beside;
    private final String name;

    /** Returns the program whose source {@code NAME.c} is in the package of a class. */
    public CProgram(Class<?> beside, String name) {
        this.beside = beside;
        this.name = name;
    }

    /** Returns whether this machine can build it; what it uses of the system is Linux's alone. */
    public static boolean available() {
        return System.getProperty("os.name").equals("Linux") && compiler().isPresent();
    }

    /**
     * Builds it, unless it is there already; returns its path.
     *
     * @throws IllegalStateException if it cannot be built
     */
    public Path build(Path folder) {
        Path program = folder.resolve(name).toAbsolutePath();
        if (Files.isExecutable(program)) {
            return program;
        }
        Path source = folder.resolve(name + ".c").toAbsolutePath();
        try (InputStream text = beside.getResourceAsStream(name + ".c")) {
            if (text == null) {
                throw new IllegalStateException(name + ".c is not in the class path");
            }
            Files.createDirectories(folder);
            Files.write(source, text.readAllBytes());
            String compiler = compiler().orElseThrow(() -> new IllegalStateException("No C compiler is on the PATH"));
            Process build = new ProcessBuilder(compiler, "-O2", "-o", program.toString(), source.toString())
                    .inheritIO()
                    .start();
            if (!build.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || build.exitValue() != 0) {
                build.destroyForcibly();
                throw new IllegalStateException(compiler + " cannot build " + source);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> compiler() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> COMPILERS.stream().map(compiler -> Path.of(folder, compiler)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
