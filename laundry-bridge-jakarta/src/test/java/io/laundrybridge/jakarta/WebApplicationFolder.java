package io.laundrybridge.jakarta;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A web application as deployed in a server: this module's jar in {@code WEB-INF/lib}, and what tests add. */
final class WebApplicationFolder {

    private WebApplicationFolder() {}

    /** Makes one below {@code parent}. */
    static Path in(Path parent) {
        try {
            Path folder = Files.createTempDirectory(parent, "application");
            Path lib = Files.createDirectories(folder.resolve("WEB-INF/lib"));
            pack(classes(), lib.resolve("laundry-bridge-jakarta.jar"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies {@code code} into the application, so that its own class loader loads it. */
    static void add(Path application, Class<?>... code) {
        for (Class<?> each : code) {
            String file = each.getName().replace('.', '/') + ".class";
            try (InputStream in = Objects.requireNonNull(each.getResourceAsStream("/" + file))) {
                Path target = application.resolve("WEB-INF/classes").resolve(file);
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(in, target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Writes a text file into the application. */
    static void add(Path application, String file, String text) {
        try {
            Path target = application.resolve(file);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
    }

    private static Path classes() {
        try {
            return Path.of(LaundryBridgeListener.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
